import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { test } from "node:test";
import { openTestDb } from "../../server/test/db.ts";
import { checkInvariants, runChecks, type InvariantsReport } from "./check-invariants.ts";
import { readChecks } from "./checks.ts";
import { breaks } from "./test/breaks.ts";
import { makeSoundWorld } from "./test/sound-world.ts";

const { pool } = await openTestDb();
const empty = await openTestDb();
const world = await makeSoundWorld(pool);

const brokenIn = ({ results }: InvariantsReport): string[] =>
  results.filter(({ outcome }) => outcome === "broken" || outcome === "failed").map(({ name }) => name);

const told = ({ results }: InvariantsReport): string =>
  JSON.stringify(
    results.filter(({ outcome }) => outcome !== "holds"),
    null,
    1,
  );

test("an empty database breaks nothing, and what needs the sandbox is skipped aloud", async () => {
  const report = await checkInvariants({ databaseUrl: empty.url, settledForSeconds: 0 });
  assert.ok(report.isSound, told(report));
  const skipped = report.results.filter(({ outcome }) => outcome === "skipped");
  assert.deepEqual([...new Set(skipped.map(({ id }) => id))].sort(), ["M1", "M3", "O2", "O3", "P2", "P4", "W2"]);
});

test("a database in which everything has happened breaks nothing", async () => {
  const report = await runChecks(pool, world.outside, 0);
  assert.deepEqual(brokenIn(report), [], told(report));
  assert.ok(report.results.every(({ outcome }) => outcome === "holds"));
});

test("every check stands in docs/invariants.md, and every one there is a check", async () => {
  const text = await readFile(resolve(import.meta.dirname, "../../docs/invariants.md"), "utf8");
  const named = [...text.matchAll(/`([mospw]\d[A-Z]\w+)`/g)].map(([, name = ""]) => name);
  const names = readChecks().map(({ name }) => name);
  assert.deepEqual([...new Set(named)].sort(), names.sort());
});

test("every check has its broken row", () => {
  assert.deepEqual(
    Object.keys(breaks).sort(),
    readChecks()
      .map(({ name }) => name)
      .sort(),
  );
});

for (const [name, { sql = () => [], outside, along = [] }] of Object.entries(breaks)) {
  test(`${name} finds its broken row, and nothing else does`, async () => {
    const client = await pool.connect();
    try {
      await client.query("begin");
      // Without triggers: what our own code would be stopped from doing, a hand or a restored backup can do.
      await client.query("set local session_replication_role = replica");
      for (const statement of sql(world)) {
        const { rowCount } = await client.query(statement);
        assert.ok(rowCount !== 0, `this breaks nothing: ${statement}`);
      }
      const records = outside === undefined ? world.outside : outside(world.outside, world);
      const report = await runChecks(client, records, 60);
      assert.deepEqual(brokenIn(report).sort(), [name, ...along].sort(), told(report));
      const found = report.results.find((result) => result.name === name);
      assert.ok(found?.breaches[0] !== undefined && found.count >= 1);
      assert.ok(found.breaches[0].subject !== "?" && found.breaches[0].detail !== "", "it says where to look");
    } finally {
      await client.query("rollback");
      client.release();
    }
  });
}
