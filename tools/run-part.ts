import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { runningUrl } from "./embedded-postgres/running-url.ts";

const program = resolve(import.meta.dirname, "../server/src/main.ts");

/**
 * Runs a part of the server's program that ends by itself, on the database of `npm start` or `DATABASE_URL`.
 * @param input what it reads: a file's descriptor, or what this program reads itself
 * @returns its exit code
 */
export async function runPart(args: readonly string[], input: number | "inherit" = "inherit"): Promise<number> {
  // As the program itself does: what stands in the environment already wins over the file.
  if (existsSync(".env")) process.loadEnvFile(".env");
  const url = process.env["DATABASE_URL"] ?? runningUrl(resolve(process.env["MUSE_DATA"] ?? ".muse"));
  if (url === null) {
    process.stdout.write("Nothing runs here: start Muse (npm start), or set DATABASE_URL.\n");
    return 1;
  }
  const child = spawn(process.execPath, [program, ...args], {
    stdio: [input, "inherit", "inherit"],
    env: { ...process.env, DATABASE_URL: url },
  });
  const [code] = (await once(child, "exit")) as [number | null];
  return code ?? 1;
}
