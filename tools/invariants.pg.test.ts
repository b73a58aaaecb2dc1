import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { test } from "node:test";
import { openTestDb } from "../server/test/db.ts";
import { openTestSandbox } from "../server/test/sandbox.ts";
import type { InvariantsReport } from "./invariants/check-invariants.ts";

const { pool, url } = await openTestDb();
const sandbox = await openTestSandbox();

type Said = { readonly code: number | null; readonly text: string };

async function invariants(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Said> {
  const child = spawn(process.execPath, [resolve(import.meta.dirname, "invariants.ts"), ...args], {
    env: { PATH: process.env["PATH"], MUSE_DATA: "/nowhere", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const parts: Buffer[] = [];
  child.stdout.on("data", (part: Buffer) => parts.push(part));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, text: Buffer.concat(parts).toString() };
}

test("a sound database: exit 0, and what was not compared with the outside is said loudly", async () => {
  const { code, text } = await invariants(["--database-url", url]);
  assert.equal(code, 0, text);
  assert.match(text, /^✔ M2 {2}m2NothingOwed +0 /m);
  assert.match(text, /!!! \d+ CHECKS WERE SKIPPED \(no --sandbox-url/);
  assert.match(text, /rows left alone for 60 s/);
});

test("with the sandbox nothing is skipped; in live mode it is not even asked", async () => {
  const named = ["--database-url", url, "--sandbox-url", sandbox.url];
  const compared = await invariants(named);
  assert.equal(compared.code, 0, compared.text);
  assert.doesNotMatch(compared.text, /SKIPPED/);
  assert.match((await invariants(named, { STRIPE_LIVE_MODE: "true" })).text, /CHECKS WERE SKIPPED/);
});

test("a charge that nobody here knows breaks M3: exit 1, with where to look", async () => {
  const answer = await fetch(`${sandbox.url}/v1/payment_intents`, {
    method: "POST",
    headers: { authorization: "Bearer sk_test_muse_sandbox", "content-type": "application/x-www-form-urlencoded" },
    body: "amount=4200&currency=usd&payment_method=pm_card_visa&confirm=true&automatic_payment_methods[enabled]=true&return_url=http://127.0.0.1/",
  });
  const { id } = (await answer.json()) as { id: string };
  const args = ["--sandbox-url", sandbox.url, "--eventually-after", "0s"];
  const { code, text } = await invariants(args, { DATABASE_URL: url });
  assert.equal(code, 1, text);
  assert.match(text, new RegExp(`✘ M3  m3ChargesKnown +1 .*\\n +ch_\\w+: 4200 USD of ${id}`));

  const json = await invariants([...args, "--json"], { DATABASE_URL: url });
  const report = JSON.parse(json.text) as InvariantsReport;
  assert.deepEqual(
    report.results.filter(({ outcome }) => outcome !== "holds").map(({ name, count }) => [name, count]),
    [["m3ChargesKnown", 1]],
  );
});

test("it needs no right but SELECT", async () => {
  const role = `reader_${randomBytes(4).toString("hex")}`;
  await pool.query(`create role ${role} login password 'reads'`);
  await pool.query(`grant pg_read_all_data to ${role}`);
  const asReader = new URL(url);
  asReader.username = role;
  asReader.password = "reads";
  try {
    const { code, text } = await invariants(["--database-url", asReader.href]);
    assert.equal(code, 0, text);
  } finally {
    await pool.query(`drop role ${role}`);
  }
});

test("a database that cannot be read is not taken for a sound one", async () => {
  const role = `blind_${randomBytes(4).toString("hex")}`;
  await pool.query(`create role ${role} login password 'sees nothing'`);
  const asBlind = new URL(url);
  asBlind.username = role;
  asBlind.password = "sees nothing";
  try {
    const { code, text } = await invariants(["--database-url", asBlind.href]);
    assert.equal(code, 1);
    assert.match(text, /\? M1 .*failed.*\n +permission denied/);
  } finally {
    await pool.query(`drop role ${role}`);
  }
});

test("what it was called with wrongly is said in words: exit 2", async () => {
  for (const [args, word] of [
    [["--database-url", url, "--eventually-after", "soon"], /60s or 5m/],
    [["--databse-url", url], /databse-url/],
    [[], /no database/],
    [["--database-url", "postgres://127.0.0.1:9/none"], /ECONNREFUSED/],
    [["--database-url", url, "--sandbox-url", "http://127.0.0.1:9"], /does not answer/],
  ] as const) {
    const { code, text } = await invariants(args);
    assert.equal(code, 2, text);
    assert.match(text, word);
  }
});
