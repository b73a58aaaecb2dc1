import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { must } from "#kernel/assert.ts";
import type { Db } from "#platform/db/query.ts";
import { openTestDb } from "../../../test/db.ts";
import { masterKeyFrom, newMasterKey, type MasterKey } from "./credential.ts";
import {
  changeKeptKey,
  credentialsOf,
  forgetOtherKey,
  openMasterKey,
  putStore,
  rotateKey,
  webhookSecretOf,
} from "./index.ts";

const { pool } = await openTestDb();
const first = newKey();
const second = newKey();
const storeIds = Array.from({ length: 120 }, (_, index) => `store-${String(index).padStart(3, "0")}`);
const secretOf = (storeId: string): string => `secret-of-${storeId}`;

function newKey(): MasterKey {
  return must(masterKeyFrom(newMasterKey()), "a new key is a key");
}

async function put(master: MasterKey, storeId: string): Promise<void> {
  await putStore(pool, master, {
    storeId,
    name: storeId,
    description: "",
    kind: "retailer",
    currency: "USD",
    homepage: null,
    ownerAccountId: null,
    returnPolicy: "",
    priceMarginBp: 0,
    isActive: true,
    tiers: [],
    credentials: {
      api: { apiKey: secretOf(storeId) },
      headless: { user: "muse", password: secretOf(storeId) },
      webhookSecret: secretOf(storeId),
    },
  });
}

async function keyIds(): Promise<Record<string, number>> {
  const { rows } = await pool.query(
    "select master_key_id, count(*)::int as n from store.credential group by 1 order by 1",
  );
  return Object.fromEntries(rows.map(({ master_key_id: id, n }) => [id as string, n as number]));
}

async function assertAllOpen(master: MasterKey): Promise<void> {
  for (const storeId of storeIds) {
    assert.deepEqual(await credentialsOf(pool, master, storeId), { apiKey: secretOf(storeId) });
    assert.equal(await webhookSecretOf(pool, master, storeId), secretOf(storeId));
  }
}

/** Everything that a dump of the database would hold, as text. */
async function dump(): Promise<string> {
  const { rows: tables } = await pool.query(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const parts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await pool.query(`select coalesce(string_agg(t::text, E'\n'), '') as rows from ${name} t`);
    parts.push(rows[0].rows as string);
  }
  return parts.join("\n");
}

test("P4: keys are changed in the middle of everything, stopped anywhere, and gone on with", async () => {
  for (const storeId of storeIds) await put(first, storeId);
  assert.deepEqual(await keyIds(), { [first.id]: 360 });
  const both: MasterKey = { ...second, other: first };
  // Whoever has both keys reads all of it at every moment; here the rotation dies after a few rows, five times.
  for (const diesAfter of [0, 1, 7, 50, 150]) {
    await assert.rejects(rotateKey(dying(diesAfter), both), /killed/);
    await assertAllOpen(both);
  }
  const before = await keyIds();
  assert.ok((before[second.id] ?? 0) > 200 && (before[first.id] ?? 0) > 0, JSON.stringify(before));
  assert.deepEqual(await rotateKey(pool, both), { rewrapped: before[first.id], shut: [] });
  assert.deepEqual(await keyIds(), { [second.id]: 360 });
  await assertAllOpen(second);
  await assert.rejects(credentialsOf(pool, first, "store-000"), /other_master_key/);
  assert.deepEqual(await rotateKey(pool, both), { rewrapped: 0, shut: [] });
});

test("P4: nothing of what the database holds is a secret in clear, nor a key", async () => {
  const text = await dump();
  assert.ok(text.includes("store-119"), "it is a dump of all tables");
  for (const secret of [
    "secret-of",
    Buffer.from("secret-of").toString("hex"),
    first.key.toString("hex"),
    second.key.toString("hex"),
  ])
    assert.ok(!text.includes(secret), secret);
});

test("two rotations and a writer at once end with all under the new key", async () => {
  const third = newKey();
  const both: MasterKey = { ...third, other: second };
  await Promise.all([
    rotateKey(pool, both),
    rotateKey(pool, both),
    (async () => {
      for (const storeId of storeIds.slice(0, 20)) await put(both, storeId);
    })(),
  ]);
  assert.deepEqual(await rotateKey(pool, both), { rewrapped: 0, shut: [] });
  assert.deepEqual(await keyIds(), { [third.id]: 360 });
  await assertAllOpen(third);

  // Back under the second for the next test.
  await rotateKey(pool, { ...second, other: third });
});

test("what opens with neither key is named and left as it is", async () => {
  await put(newKey(), "store-007");
  await pool.query("update store.credential set sealed = '\\x00' where store_id = 'store-011' and purpose = 'api'");
  const third = newKey();
  const { rewrapped, shut } = await rotateKey(pool, { ...third, other: second });
  assert.equal(rewrapped, 356);
  assert.deepEqual(
    shut.map(({ owner: { storeId, purpose }, why }) => [storeId, purpose, why]),
    [
      ["store-007", "api", "other_master_key"],
      ["store-007", "headless", "other_master_key"],
      ["store-007", "webhook", "other_master_key"],
      ["store-011", "api", "tampered"],
    ],
  );
});

test("a kept key is changed without a moment in which it could be lost", (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), "muse-rotate-"));
  t.after(() => rmSync(dataDir, { recursive: true }));
  const open = () => openMasterKey({ masterKey: null, dataDir, isProduction: false });
  const before = open();
  assert.equal(before.other, undefined);
  // It died after the copy and before the new one: both names hold the same key.
  writeFileSync(join(dataDir, "master-key-other"), readFileSync(join(dataDir, "master-key")));
  assert.deepEqual([open().id, open().other], [before.id, undefined]);

  changeKeptKey(dataDir);
  const during = open();
  assert.notEqual(during.id, before.id);
  assert.equal(during.other?.id, before.id);
  changeKeptKey(dataDir);
  assert.deepEqual([open().id, open().other?.id], [during.id, before.id], "begun once, gone on with");
  forgetOtherKey(dataDir);
  assert.deepEqual([open().id, open().other], [during.id, undefined]);
  assert.equal(
    openMasterKey({ masterKey: second.key, otherMasterKey: first.key, dataDir, isProduction: true }).other?.id,
    first.id,
  );
});

/** A database that is gone after so many rows have been written. */
function dying(rowsMax: number): Db {
  const db: Db = pool;
  let written = 0;
  return {
    query: async (statement) => {
      if (statement.name === "store.credentialRewrap") {
        if (written === rowsMax) throw new Error("killed");
        written += 1;
      }
      return await db.query(statement);
    },
  };
}
