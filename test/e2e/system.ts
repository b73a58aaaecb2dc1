import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import pg from "pg";
import { runningUrl } from "../../tools/embedded-postgres/running-url.ts";

/** Where the programs of a running Muse answer. */
export type System = {
  readonly webUrl: string;
  readonly apiUrl: string;
  readonly sandboxUrl: string;
  readonly databaseUrl: string;
};

/** The pages' build on a slow machine, and everything's start. */
const readyMsMax = 400_000;

const root = resolve(import.meta.dirname, "../..");

/** `npm start` itself, on free ports and with data of its own: what a person gets is what is tested. */
export async function startSystem(): Promise<{ readonly system: System; readonly stop: () => Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), "muse-e2e-"));
  const child = spawn(process.execPath, ["tools/start.ts"], {
    cwd: root,
    env: {
      ...process.env,
      MUSE_DATA: dataDir,
      PORT: "0",
      API_PORT: "0",
      SANDBOX_PORT: "0",
      SANDBOX_SMTP_PORT: "0",
      LOG_LEVEL: "warn",
      MUSE_BROWSERS_MAX: "1",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const stop = async (): Promise<void> => {
    const ended = new Promise<void>((settle) => child.once("exit", () => settle()));
    if (child.exitCode === null && child.kill("SIGTERM")) await ended;
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const urls = await readSummary(child);
    const databaseUrl = runningUrl(dataDir) ?? "";
    await leaveWebShopsToPeople(databaseUrl);
    await fillShelves(urls.sandboxUrl);
    return { system: { ...urls, databaseUrl }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What browsers do in the web shops has suites of its own; a test that wants to see it switches a store's on again. */
async function leaveWebShopsToPeople(databaseUrl: string): Promise<void> {
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  await database.query("update store.tier set is_enabled = false where method = 'headless'");
  await database.end();
}

/** The tests buy more of one thing than its store has; what is sold out from the first stays so. */
async function fillShelves(sandboxUrl: string): Promise<void> {
  const read = async (path: string): Promise<unknown> => await (await fetch(new URL(path, sandboxUrl))).json();
  const { stores } = (await read("/directory")) as { stores: { slug: string }[] };
  for (const { slug } of stores) {
    const { products } = (await read(`/retailers/${slug}/feed.json`)) as { products: Shelved[] };
    const scarce = products.flatMap(({ variants }) => variants.filter(({ stock }) => stock > 0 && stock < enough));
    for (const { sku } of scarce) {
      await fetch(new URL(`/retailers/${slug}/variants/${encodeURIComponent(sku)}`, sandboxUrl), {
        method: "PATCH",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ stock: enough }),
      });
    }
  }
}

type Shelved = { readonly variants: readonly { readonly sku: string; readonly stock: number }[] };

/** More than all the tests buy. */
const enough = 1_000;

async function readSummary(child: ChildProcess): Promise<Omit<System, "databaseUrl">> {
  let said = "";
  const line = (pattern: RegExp): string => pattern.exec(said)?.[1] ?? "";
  return await new Promise((settle, reject) => {
    const overdue = setTimeout(() => reject(new Error(`Muse was not ready in time:\n${said}`)), readyMsMax);
    child.once("exit", (code) => reject(new Error(`Muse ended with ${code}:\n${said}`)));
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      said += chunk;
      if (!said.includes("Ctrl-C stops it")) return;
      clearTimeout(overdue);
      // The rest of what it says is of no use, but must be read, or it would block.
      settle({
        webUrl: line(/^ {2}shop +(http\S+)/m),
        apiUrl: line(/^ {2}API +(http[^/]+\/\/[^/\s]+)/m),
        sandboxUrl: line(/^ {2}sandbox +(http\S+)/m),
      });
    });
  });
}
