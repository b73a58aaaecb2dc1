import type { DownloadLinks } from "@muse/contracts/library";
import { must } from "#kernel/assert.ts";
import type { Db } from "#platform/db/query.ts";
import { problem, type Problem } from "#platform/http/problem.ts";
import { linkTake, productExists, soldFiles } from "./access.sql.gen.ts";
import { linkPath, linkSecondsMax, type LinkSigner } from "./download-link.ts";

/** In an hour, of one product: somebody with a bad line needs a few, an account that is passed around hundreds. */
const linksPerHourMax = 30;

export type Asked = {
  readonly accountId: string;
  readonly productId: string;
  readonly fileId: string | undefined;
  /** Where it is asked from. */
  readonly address: string;
};
type Refusal = Problem<NotOwned | "download_frozen" | "rate_limited" | "file_not_found">;

/** Links to what somebody owns, counted as one download; whoever does not own it is told so, and nothing is counted. */
export async function takeLinks(
  db: Db,
  signer: LinkSigner,
  { accountId, productId, fileId, address }: Asked,
): Promise<DownloadLinks | Refusal> {
  const { outcome, orderNumber, downloadCount, retryAfterS, nowS } = await linkTake(db, {
    accountId,
    productId,
    linksMax: linksPerHourMax,
    address,
  });
  if (outcome === "too_often") return problem("rate_limited", { retryAfterS });
  if (outcome === "frozen") return problem("download_frozen");
  if (outcome !== "given") return await notOwned(db, productId);

  const order = must(orderNumber, "linkTake: who owns it has it by an order");
  const files = await soldFiles(db, { orderNumber: order });
  const wanted = files.filter((file) => fileId === undefined || file.fileId === fileId);
  const expiresS = nowS + linkSecondsMax;
  const links = wanted.map((file) => ({
    fileId: file.fileId,
    fileName: file.name,
    sizeBytes: Number(file.sizeBytes),
    url: linkPath(signer, { fileId: file.fileId, orderNumber: order, expiresS }),
  }));
  const [first] = links;
  if (first === undefined) return problem("file_not_found");
  const expiresAt = new Date(expiresS * 1000).toISOString();
  return { url: first.url, fileName: first.fileName, expiresAt, downloadCount, files: links };
}

type NotOwned = "order_not_owned" | "product_not_found";

/** Why somebody has nothing to do with a product: it is not theirs, or there is none. */
export async function notOwned(db: Db, productId: string): Promise<Problem<NotOwned>> {
  const { exists } = await productExists(db, { productId });
  return problem(exists ? "order_not_owned" : "product_not_found");
}
