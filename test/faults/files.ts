/** What the sandbox's sellers sell, and how a shopper of any of the suites gets at it. */
import { createHash } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";

export type FileGood = {
  readonly productId: string;
  readonly variantId: string;
  readonly title: string;
  readonly currency: "USD" | "KRW";
  /** By a file's id, the SHA-256 of what its seller put up, in hex. */
  readonly hashes: Readonly<Record<string, string>>;
};

export type Rows = <Row extends object>(text: string, values?: readonly unknown[]) => Promise<readonly Row[]>;

/** All that is on sale, in the order of its titles. */
export async function readFiles(rows: Rows): Promise<readonly FileGood[]> {
  return await rows<FileGood>(
    `select p.product_id as "productId", v.variant_id as "variantId", p.title, p.currency,
       (select json_object_agg(f.file_id, encode(f.sha256, 'hex')) from access.file f
        where f.product_id = p.product_id and f.withdrawn_at is null) as hashes
     from catalog.product p join catalog.variant v using (product_id)
     where p.kind = 'digital' and p.is_active order by p.title`,
  );
}

/** Whoever asks the API until there is a word that means something. */
export type Asker = {
  readonly ask: (request: string) => Promise<{ readonly code: string | null; readonly data: unknown }>;
};

type Links = { readonly files: readonly { readonly fileId: string; readonly url: string }[] };

/** @returns null when all of it came down byte by byte as it was put up; else the API's code, or what was wrong */
export async function whyNotWhole({ ask }: Asker, apiUrl: () => string, good: FileGood): Promise<string | null> {
  const said = await ask(`GET /api/products/${good.productId}/download`);
  if (said.code !== null) return said.code;
  const { files } = said.data as Links;
  const missing = Object.keys(good.hashes).filter((id) => files.every(({ fileId }) => fileId !== id));
  if (missing.length > 0) return `${good.title}: no link to ${missing.join(", ")}`;
  for (const { fileId, url } of files) {
    const came = await download(() => new URL(url, apiUrl()));
    if ("code" in came) return came.code;
    const hash = createHash("sha256").update(came.bytes).digest("hex");
    if (hash !== good.hashes[fileId]) return `${good.title}: ${came.bytes.length} other bytes than were put up`;
  }
  return null;
}

/** Longer than a program needs to come back. */
const patienceMs = 60_000;
const answerMsMax = 20_000;

type Came = { readonly bytes: Buffer } | { readonly code: string };

/** A browser goes on with what broke; here it begins anew, until it is there or refused. */
async function download(link: () => URL): Promise<Came> {
  const deadlineMs = performance.now() + patienceMs;
  for (;;) {
    try {
      const answer = await fetch(link(), { signal: AbortSignal.timeout(answerMsMax) });
      const bytes = Buffer.from(await answer.arrayBuffer());
      if (answer.ok) return { bytes };
      if (answer.status < 500) {
        const { error } = JSON.parse(bytes.toString()) as { readonly error: { readonly code: string } };
        return error;
      }
    } catch {
      // Cut off: its API was killed.
    }
    if (performance.now() > deadlineMs) return { code: `no file within ${patienceMs / 1000} s` };
    await delay(150);
  }
}
