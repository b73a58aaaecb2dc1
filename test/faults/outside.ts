import type pg from "pg";
import { freePort, untilAnswers } from "./ports.ts";
import { runProgram, startProgram } from "./program.ts";
import { putJson } from "./sandbox.ts";

/** What has to be closed, in the order in which it was opened. */
export type Closers = (() => Promise<unknown>)[];

/** @returns the sandbox's address, past the proxies */
export async function openOutside(env: Readonly<Record<string, string>>, closers: Closers): Promise<string> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const sandbox = startProgram({
    name: "sandbox",
    command: ["sandbox/src/main.ts"],
    env: { ...env, SANDBOX_PORT: String(port), SANDBOX_APP_URL: env["APP_URL"] ?? "" },
  });
  closers.push(sandbox.stop);
  await untilAnswers(`${url}/healthz`);
  // Journeys move the stores' orders on themselves.
  await putJson(`${url}/retailers/settings`, { autoAdvance: false });
  return url;
}

/** Stores and goods, written down under the address at which the worker finds them. */
export async function fill(env: Readonly<Record<string, string>>, database: Pick<pg.Client, "query">): Promise<void> {
  await runProgram({ name: "seed", command: ["server/src/main.ts", "seed"], env });
  // A store that does not answer is given up sooner, so that a run does not wait ten seconds for it.
  await database.query("update store.tier set timeout_ms = 1500 where method = 'api'");
  // Stock that Muse tracks itself, so that reservations are made and end; more than all runs together buy.
  await database.query(
    "insert into inventory.stock (variant_id, on_hand) select variant_id, 1000000 from catalog.variant where sku = 'HO-TOTE'",
  );
}
