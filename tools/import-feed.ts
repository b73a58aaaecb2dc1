/**
 * Brings a store's goods up to its feed (docs/running.md, "A store's goods"):
 *
 *     npm run import-feed -- STORE feed.json      into the database of `npm start`, or DATABASE_URL
 *     curl … | npm run import-feed -- STORE -     what another program says
 *
 * Exit code: 0 the catalogue says what the feed says, 1 nothing was changed.
 */
import { openSync } from "node:fs";
import { runPart } from "./run-part.ts";
import { runTool } from "./run-tool.ts";

async function main(): Promise<number> {
  const [storeId, file, ...more] = process.argv.slice(2);
  if (storeId === undefined || file === undefined || more.length > 0) {
    process.stdout.write("npm run import-feed -- STORE FILE      (- for standard input)\n");
    return 1;
  }
  const input = file === "-" ? "inherit" : openOr(file);
  return input === null ? 1 : await runPart(["import-feed", storeId], input);
}

function openOr(file: string): number | null {
  try {
    return openSync(file, "r");
  } catch (error) {
    process.stdout.write(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}\n`);
    return null;
  }
}

await runTool(main);
