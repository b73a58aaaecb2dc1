/**
 * Puts the stores' credentials under another master key (docs/running.md, "Another master key"):
 *
 *     npm run rotate-key      the database of `npm start`, or DATABASE_URL
 *
 * Exit code: 0 all are under the new key, 1 not yet.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { runningUrl } from "./embedded-postgres/running-url.ts";
import { runTool } from "./run-tool.ts";

const program = resolve(import.meta.dirname, "../server/src/main.ts");

async function main(): Promise<number> {
  // As the program itself does: what stands in the environment already wins over the file.
  if (existsSync(".env")) process.loadEnvFile(".env");
  const url = process.env["DATABASE_URL"] ?? runningUrl(resolve(process.env["MUSE_DATA"] ?? ".muse"));
  if (url === null) {
    process.stdout.write("Nothing runs here: start Muse (npm start), or set DATABASE_URL.\n");
    return 1;
  }
  const child = spawn(process.execPath, [program, "rotate-key"], {
    stdio: "inherit",
    env: { ...process.env, DATABASE_URL: url },
  });
  const [code] = (await once(child, "exit")) as [number | null];
  return code ?? 1;
}

await runTool(main);
