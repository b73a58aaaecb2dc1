import { ConfigError } from "#platform/config/config.ts";
import { importFeedWithStock } from "#rooms/inventory";
import { openPoolFor, type Start } from "./running.ts";

/** Far more than the longest feed that is taken (`rooms/catalog/feed.ts`), and far less than fills the memory. */
const feedBytesMax = 200_000_000;

/** A list of many thousand goods is one statement, and nobody waits for it as a shopper does. */
const statementMsMax = 120_000;

/**
 * Brings a store's part of the catalogue, and what it holds for us, up to the feed on standard input (docs/running.md,
 * "A store's goods"): all of it or nothing. The same feed again changes nothing.
 *
 * @throws ConfigError when no store is named, it is not known, or what was read is no feed
 */
export async function runImportFeed({ config, log, args: [storeId] }: Start): Promise<null> {
  if (storeId === undefined) throw new ConfigError("Say which store: import-feed STORE < feed.json");
  const feed = parse(await readInput());
  const pool = openPoolFor({ config, log, statementMsMax }, "import-feed");
  try {
    const imported = await importFeedWithStock(pool, storeId, feed);
    switch (imported.kind) {
      case "store_not_found":
        throw new ConfigError(`There is no store ${storeId}: register it first (PUT /api/v1/admin/stores/${storeId}).`);
      case "feed_invalid": {
        const more = imported.issueCount === 1 ? "" : ` (the first of ${imported.issueCount} places)`;
        throw new ConfigError(`The feed does not fit at "${imported.field}"${more}. Nothing was changed.`);
      }
      case "imported": {
        const { productCount, variantCount, newCount, changedCount, goneCount } = imported;
        const news = `${newCount} new, ${changedCount} changed, ${goneCount} no longer sold`;
        process.stdout.write(`${storeId}: ${productCount} products in ${variantCount} variants; ${news}\n`);
      }
    }
  } finally {
    await pool.end();
  }
  return null;
}

async function readInput(): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of process.stdin as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > feedBytesMax) throw new ConfigError(`The feed is longer than ${feedBytesMax / 1_000_000} MB.`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ConfigError(`The feed is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
