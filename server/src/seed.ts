import { nodeHttp } from "@muse/connectors/http";
import { sellerContractVersion } from "@muse/contracts/seller-contract";
import { must } from "#kernel/assert.ts";
import { systemClock } from "#kernel/clock.ts";
import { ConfigError, type Config } from "#platform/config/config.ts";
import type { Pool } from "#platform/db/pool.ts";
import { tx } from "#platform/db/tx.ts";
import { outboundHttp } from "#platform/outbound/http.ts";
import { scannerOf, type FileDeps } from "#rooms/access";
import { seedPeople } from "#rooms/account";
import { importFeedWithStock } from "#rooms/inventory";
import { putShippingOptions } from "#rooms/quote";
import { openSeller, publishProduct } from "#rooms/seller";
import { openMasterKey, putStore, type MasterKey, type StoreInput } from "#rooms/store";
import { openFiles } from "./open-files.ts";
import { demoSellers, type DemoSeller } from "./seed/demo-goods.ts";
import { readDirectory, readFeed, type StoreSheet } from "./seed/sandbox-directory.ts";

export type SeedDeps = {
  readonly db: Pool;
  readonly config: Pick<Config, "providers" | "masterKey" | "dataDir" | "isProduction" | "browsing" | "files">;
  /** How long the sandbox may take to answer; it usually starts beside us. */
  readonly waitMsMax?: number;
};

export type Seeded = { readonly storeCount: number; readonly productCount: number; readonly variantCount: number };

/** A cold sandbox listens after a second or two; whoever waits longer than this waits for nothing. */
const waitMsDefault = 20_000;

/**
 * Fills a database with the sandbox's people, stores and goods, with the permission to order from its web shops (those
 * with a headless tier: lumen-home, kite-co, pinecrest) by browser, or brings it up to date with them, and puts up what
 * its two sellers sell. Running it again changes nothing that has not changed there.
 *
 * @throws ConfigError in live mode, and when the sandbox does not answer or answers something else
 */
export async function seedDemo({ db, config, waitMsMax = waitMsDefault }: SeedDeps): Promise<Seeded> {
  const { sandboxUrl } = config.providers;
  if (sandboxUrl === null)
    throw new ConfigError(
      "Nothing is seeded in live mode: the sandbox is not reachable, and its people must not exist.",
    );
  const master = openMasterKey(config);
  const http = outboundHttp(nodeHttp, "sandbox");

  const [sheets, people] = await Promise.all([readDirectory(http, sandboxUrl, waitMsMax), seedPeople(db)]);
  const seeded = await Promise.all(
    sheets.map(async (sheet) => {
      const feed = await readFeed(http, sheet);
      await seedStore(db, master, { sheet, hasBrowsers: config.browsing.browsersMax > 0 });
      return importGoods(db, sheet, feed);
    }),
  );
  for (const sells of demoSellers) await seedSeller(db, filesFrom(config), people[sells.seller], sells);
  return {
    storeCount: seeded.length,
    productCount: seeded.reduce((sum, { productCount }) => sum + productCount, 0),
    variantCount: seeded.reduce((sum, { variantCount }) => sum + variantCount, 0),
  };
}

function filesFrom({ files: { scanner, scratchFolder, ...rest } }: Pick<Config, "files">): FileDeps {
  const scan = scanner === null ? null : scannerOf(scanner);
  return { files: openFiles({ scanner, scratchFolder, ...rest }), scan, scratchFolder, clock: systemClock };
}

/** A seller with all they sell, as if they had published it themselves. */
async function seedSeller(db: Pool, deps: FileDeps, accountId: string, sells: DemoSeller): Promise<void> {
  const { displayName, about, products } = sells;
  await openSeller(db, { accountId, displayName, about, contractVersion: sellerContractVersion, locale: "en" });
  for (const product of products) {
    const { kind } = await publishProduct(db, deps, accountId, product);
    if (kind !== "published" && kind !== "known")
      throw new ConfigError(`The sandbox's file ${product.file.name} could not be put up for sale: ${kind}.`);
  }
}

/** The sandbox's web shops are ours, so a browser may order there: what an operator records of a real one. */
const sandboxPermission = {
  words: "A shop of the sandbox, which is made to be ordered from.",
  link: null,
  permittedOn: "2026-11-01",
  recordedBy: "seed",
  ordersAtOnce: 4,
  ordersPerHour: null,
  hours: null,
};

type SheetHere = { readonly sheet: StoreSheet; readonly hasBrowsers: boolean };

/** A store and how it delivers, together: a store that cannot deliver cannot be checked out from. */
async function seedStore(db: Pool, master: MasterKey, { sheet, hasBrowsers }: SheetHere): Promise<void> {
  await tx(db, "seed.store", async (open) => {
    const put = await putStore(open, master, {
      storeId: sheet.slug,
      name: sheet.name,
      description: sheet.description,
      kind: sheet.kind,
      currency: sheet.currency,
      homepage: sheet.homepage,
      ownerAccountId: null,
      returnPolicy: sheet.returnPolicy,
      texts: sheet.texts,
      priceMarginBp: sheet.priceMarginBp,
      isActive: true,
      // A tier that no connector is written for yet cannot be tried.
      tiers: sheet.tiers
        .filter(({ method, connector }) => method === "manual" || connector !== null)
        .map((tier) => tierOf(tier, sheet.baseUrl, hasBrowsers)),
      permission: isOfBrowser(sheet) ? sandboxPermission : undefined,
      credentials: {
        ...(isOfBrowser(sheet) ? { headless: sheet.credentials } : { api: sheet.credentials }),
        webhookSecret: sheet.webhookSecret,
      },
    });
    if (put.kind === "fixed_field")
      throw new ConfigError(
        `The store ${sheet.slug} is already here with another kind or currency. Use an empty database.`,
      );
    await putShippingOptions(
      open,
      sheet.slug,
      sheet.shippingOptions.map(({ id, amountCents, perItemCents, freeAboveCents, ...option }) => ({
        ...option,
        optionId: id,
        amountMinor: amountCents,
        perItemMinor: perItemCents,
        freeAboveMinor: freeAboveCents,
      })),
    );
  });
}

function isOfBrowser({ tiers }: StoreSheet): boolean {
  return tiers.some(({ method, connector }) => method === "headless" && connector !== null);
}

/** A way through a shop takes a minute, and one that has to wait for its browser another. */
const headlessTimeoutMs = 240_000;
const headlessTriesMax = 3;

/** Where no worker has a browser the tier is there and not switched on: people order. */
function tierOf(
  { method, connector }: StoreSheet["tiers"][number],
  baseUrl: string,
  hasBrowsers: boolean,
): StoreInput["tiers"][number] {
  if (method === "manual") return { method, connector, baseUrl: null };
  if (method === "api") return { method, connector, baseUrl };
  return {
    method,
    connector,
    baseUrl,
    isEnabled: hasBrowsers,
    timeoutMs: headlessTimeoutMs,
    triesMax: headlessTriesMax,
  };
}

async function importGoods(db: Pool, { slug }: StoreSheet, feed: unknown): Promise<Omit<Seeded, "storeCount">> {
  const imported = await importFeedWithStock(db, slug, feed);
  if (imported.kind === "feed_invalid")
    throw new ConfigError(`The sandbox's feed of ${slug} is not valid at ${imported.field}.`);
  return must(imported.kind === "imported" ? imported : null, "seed: the store was put a moment ago");
}
