import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { openTestDb } from "../../../test/db.ts";
import { tx } from "#platform/db/tx.ts";
import { deleteOldKeys } from "./idempotency.ts";
import { problem } from "./problem.ts";
import { route } from "./route.ts";
import { as, testServer } from "./test-server.ts";

const { pool } = await openTestDb();
await pool.query("create table made (name text, key_seen boolean)");
const { http } = testServer(pool);

const Body = z.strictObject({ name: z.string(), note: z.string().optional() });
const Made = z.object({ name: z.string(), run: z.int() });
const spec = {
  method: "POST",
  summary: "Make",
  tags: ["test"],
  auth: "creates_account",
  body: Body,
  reply: Made,
} as const;
const insert = { text: "insert into made (name) values ($1)", rowMode: "array" } as const;

let runs = 0;
let gate: Promise<void> = Promise.resolve();

route(
  http,
  { ...spec, url: "/made", idempotent: true, errors: ["out_of_stock", "session_processing"] },
  async ({ db, body }) => {
    runs += 1;
    if (body.name === "refused") return problem("out_of_stock", { details: { run: runs } });
    if (body.name === "later") return problem("session_processing");
    await db.query({ ...insert, values: [body.name] });
    await gate;
    if (body.name === "bug") throw new Error("after the insert");
    return { name: body.name, run: runs };
  },
);
route(http, { ...spec, url: "/other", idempotent: true, errors: [] }, async ({ body }) => ({
  name: body.name,
  run: 0,
}));
route(http, { ...spec, url: "/together", idempotent: "transaction", errors: [] }, async ({ db, body }) => {
  await db.query({ ...insert, values: [body.name] });
  if (body.name === "bug") throw new Error("after the insert");
  return { name: body.name, run: 0 };
});
route(
  http,
  {
    ...spec,
    url: "/phased",
    idempotent: "phased",
    errors: ["payment_provider_unavailable", "payment_action_required", "payment_declined"],
  },
  async ({ db, body, claimKey }) => {
    await tx(db, "test.first", async (open) => {
      await claimKey?.(open);
      await open.query({ ...insert, values: [body.name] });
    });
    runs += 1;
    await gate;
    if (body.name === "bug") throw new Error("between the phases");
    if (body.name === "down") return problem("payment_provider_unavailable");
    if (body.name === "3ds") return problem("payment_action_required");
    if (body.name === "declined") return problem("payment_declined");
    return { name: body.name, run: runs };
  },
);

type Call = { url?: string; key?: string; name: string; who?: string; note?: string };
const call = ({ url = "/made", key, name, who = "acc_1", note }: Call) =>
  http.fastify.inject({
    method: "POST",
    url,
    payload: { name, ...(note === undefined ? {} : { note }) },
    headers: { ...as("shopper", who), ...(key === undefined ? {} : { "idempotency-key": key }) },
  });
const rowsOf = async (name: string) =>
  Number((await pool.query("select count(*)::int as n from made where name = $1", [name])).rows[0].n);
const keysOf = async (key: string) =>
  (await pool.query("select status, response_status from platform.idempotency_key where key = $1", [key])).rows;

for (const url of ["/made", "/phased"]) {
  const it = url.slice(1);
  test(`${url}: the same key and body gets the stored answer, byte for byte, and runs once`, async () => {
    const first = await call({ url, key: `${it}-1`, name: `${it}-once` });
    const second = await call({ url, key: `${it}-1`, name: `${it}-once` });
    assert.equal(first.statusCode, 200);
    assert.equal(second.body, first.body);
    assert.equal(first.headers["idempotent-replayed"], undefined);
    assert.equal(second.headers["idempotent-replayed"], "true");
    assert.equal(await rowsOf(`${it}-once`), 1);
  });

  test(`${url}: another body under the same key is 422, and changes nothing`, async () => {
    await call({ url, key: `${it}-2`, name: `${it}-a` });
    const other = await call({ url, key: `${it}-2`, name: `${it}-b` });
    assert.equal(other.statusCode, 422);
    assert.equal(other.json().error.code, "idempotency_key_reused");
    assert.equal(await rowsOf(`${it}-b`), 0);
  });

  test(`${url}: the same key of another caller is another key`, async () => {
    await call({ url, key: `${it}-3`, name: `${it}-mine` });
    const theirs = await call({ url, key: `${it}-3`, name: `${it}-theirs`, who: "acc_2" });
    assert.equal(theirs.statusCode, 200);
    assert.equal(theirs.headers["idempotent-replayed"], undefined);
  });

  test(`${url}: while the first is running, twenty repeats are told 409 with Retry-After at once`, async () => {
    let open = (): void => undefined;
    gate = new Promise((resolve) => (open = resolve));
    const first = call({ url, key: `${it}-4`, name: `${it}-slow` });
    await waitFor(async () => runs, runs + 1);
    await waitFor(() => pool.query("select 1").then(() => pool.totalCount), 1);
    const repeats = await Promise.all(
      Array.from({ length: 20 }, () => call({ url, key: `${it}-4`, name: `${it}-slow` })),
    );
    for (const repeat of repeats) {
      assert.equal(repeat.statusCode, 409);
      assert.equal(repeat.json().error.code, "idempotency_in_progress");
      assert.equal(repeat.headers["retry-after"], "1");
    }
    open();
    gate = Promise.resolve();
    assert.equal((await first).statusCode, 200);
    assert.equal((await call({ url, key: `${it}-4`, name: `${it}-slow` })).headers["idempotent-replayed"], "true");
    assert.equal(await rowsOf(`${it}-slow`), 1);
  });

  test(`${url}: fifty at once with one key do the work once; all others are replays or told to wait`, async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => call({ url, key: `${it}-5`, name: `${it}-race` })),
    );
    assert.equal(await rowsOf(`${it}-race`), 1);
    assert.equal(
      answers.filter(({ statusCode, headers }) => statusCode === 200 && headers["idempotent-replayed"] === undefined)
        .length,
      1,
    );
    assert.ok(answers.every(({ statusCode }) => statusCode === 200 || statusCode === 409));
  });

  test(`${url}: an error of ours is not kept: the next repeat runs again`, async () => {
    assert.equal((await call({ url, key: `${it}-6`, name: "bug" })).statusCode, 500);
    assert.equal((await call({ url, key: `${it}-6`, name: "bug" })).statusCode, 500);
    assert.deepEqual(
      (await keysOf(`${it}-6`)).filter(({ status }) => status === "done"),
      [],
    );
  });
}

test("the work, the key and the answer commit together: an error takes all of them back", async () => {
  assert.equal((await call({ key: "atomic", name: "bug" })).statusCode, 500);
  assert.equal(await rowsOf("bug"), 2, "the two of the phased route, which commit before they answer");
  assert.deepEqual(await keysOf("atomic"), []);
});

test("a lasting refusal is kept, a passing one is not", async () => {
  const refused = await call({ key: "refused", name: "refused" });
  const again = await call({ key: "refused", name: "refused" });
  assert.equal(again.statusCode, 409);
  assert.equal(again.body, refused.body);
  assert.equal(again.headers["idempotent-replayed"], "true");

  const before = runs;
  await call({ key: "later", name: "later" });
  await call({ key: "later", name: "later" });
  assert.equal(runs, before + 2);
});

test("phased: an unreachable provider and a card that needs its owner may be tried again with the same key", async () => {
  for (const [name, status] of [
    ["down", 503],
    ["3ds", 402],
  ] as const) {
    const before = runs;
    assert.equal((await call({ url: "/phased", key: `p-${name}`, name })).statusCode, status);
    assert.equal((await call({ url: "/phased", key: `p-${name}`, name })).statusCode, status);
    assert.equal(runs, before + 2, name);
  }
  await call({ url: "/phased", key: "p-declined", name: "declined" });
  const again = await call({ url: "/phased", key: "p-declined", name: "declined" });
  assert.equal(again.statusCode, 402);
  assert.equal(again.headers["idempotent-replayed"], "true");
});

test("phased: after a crash between the phases the lock runs out, and a repeat runs the command again", async () => {
  await call({ url: "/phased", key: "crash", name: "crash" });
  const crashed = "status = 'running', response_status = null, response_body = null";
  await pool.query(
    `update platform.idempotency_key set ${crashed}, locked_until = now() + interval '60 s' where key = 'crash'`,
  );
  assert.equal((await call({ url: "/phased", key: "crash", name: "crash" })).statusCode, 409);
  await pool.query("update platform.idempotency_key set locked_until = now() - interval '1 s' where key = 'crash'");
  const again = await call({ url: "/phased", key: "crash", name: "crash" });
  assert.equal(again.statusCode, 200);
  assert.equal(again.headers["idempotent-replayed"], undefined);
  assert.equal((await call({ url: "/phased", key: "crash", name: "crash" })).headers["idempotent-replayed"], "true");
});

test("a key is bound to its path and to the meaning of the body, not to its spelling", async () => {
  await call({ key: "bound", name: "bound", note: "n" });
  assert.equal((await call({ url: "/other", key: "bound", name: "bound", note: "n" })).statusCode, 422);
  const respelled = await http.fastify.inject({
    method: "POST",
    url: "/made?x=1",
    payload: '{ "note": "n",\n "name": "bound" }',
    headers: { ...as("shopper", "acc_1"), "idempotency-key": "bound", "content-type": "application/json" },
  });
  assert.equal(respelled.headers["idempotent-replayed"], "true");
});

test("keys are 1 to 255 printable characters", async () => {
  for (const key of ["", "x".repeat(256), "ключ", "a\tb"]) {
    const refused = await call({ key, name: "never" });
    assert.equal(refused.json().error.code, "idempotency_key_invalid", key);
  }
  assert.equal((await call({ key: "x".repeat(255), name: "long" })).statusCode, 200);
  assert.equal(await rowsOf("never"), 0);
});

test("without a key nothing is stored, and every call runs", async () => {
  const before = (await pool.query("select count(*)::int as n from platform.idempotency_key")).rows[0].n;
  await call({ name: "keyless" });
  await call({ name: "keyless" });
  assert.equal(await rowsOf("keyless"), 2);
  assert.equal((await pool.query("select count(*)::int as n from platform.idempotency_key")).rows[0].n, before);
});

test("a route of two rooms is one transaction with and without a key", async () => {
  const before = await rowsOf("bug");
  await call({ url: "/together", name: "bug" });
  await call({ url: "/together", name: "bug", key: "together" });
  assert.equal(await rowsOf("bug"), before);
  assert.equal((await call({ url: "/together", name: "both" })).statusCode, 200);
  assert.equal(await rowsOf("both"), 1);
});

test("keys are forgotten after a day", async () => {
  await call({ key: "old", name: "old" });
  await pool.query("update platform.idempotency_key set created_at = now() - interval '25 h' where key = 'old'");
  const again = await call({ key: "old", name: "another body is fine by now" });
  assert.equal(again.statusCode, 200);
  await pool.query(
    "update platform.idempotency_key set created_at = now() - interval '25 h' where key in ('old', 'bound')",
  );
  assert.equal(await deleteOldKeys(pool), 2);
  assert.deepEqual(await keysOf("old"), []);
});

async function waitFor(read: () => Promise<number>, atLeast: number): Promise<void> {
  for (let i = 0; i < 500 && (await read()) < atLeast; i += 1) await new Promise((resolve) => setTimeout(resolve, 5));
}
