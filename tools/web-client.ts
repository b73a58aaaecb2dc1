/**
 * Writes `web/src/api/schema.gen.ts`, the types of the API as the shop calls it, from the very routes the API serves.
 *
 *     npm run client              writes it
 *     npm run client -- --check   says whether it is what it would write
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { relative, resolve } from "node:path";
import { runTool } from "./run-tool.ts";
import { withScratchDatabase } from "./scratch-database.ts";
import { openapiJson } from "./web-client/document.ts";
import { withoutRefusals } from "./web-client/without-refusals.ts";

const root = resolve(import.meta.dirname, "..");
const target = resolve(root, "web/src/api/schema.gen.ts");

type Generator = {
  readonly default: (document: string) => Promise<unknown>;
  readonly astToString: (types: unknown) => string;
};

/** @returns the exit code: 1 when it was to be checked and is not up to date */
export async function writeClient(databaseUrl: string, isCheck: boolean): Promise<number> {
  const { default: openapiTypescript, astToString } = loadGenerator();
  const document = withoutRefusals(JSON.parse(await openapiJson(databaseUrl)) as Parameters<typeof withoutRefusals>[0]);
  const text = `${head}${astToString(await openapiTypescript(JSON.stringify(document)))}`;
  const isSame = existsSync(target) && readFileSync(target, "utf8") === text;
  if (isCheck || isSame) {
    process.stdout.write(isSame ? "the client's types are up to date\n" : "run: npm run client\n");
    return isSame ? 0 : 1;
  }
  writeFileSync(target, text);
  process.stdout.write(`wrote ${relative(root, target)}\n`);
  return 0;
}

const head = "// Written by tools/web-client.ts from the API's OpenAPI document.\n\n";

/** The generator needs an older TypeScript than this project's, so it lies in the shop's own packages. */
function loadGenerator(): Generator {
  return createRequire(resolve(root, "web/package.json"))("openapi-typescript") as Generator;
}

if (import.meta.main) {
  await runTool(() => withScratchDatabase((url) => writeClient(url, process.argv.includes("--check"))));
}
