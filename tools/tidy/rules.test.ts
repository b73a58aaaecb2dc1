import assert from "node:assert/strict";
import { test } from "node:test";
import { checkTree } from "./rules.ts";
import { writesOf } from "./sql-writes.ts";
import { sourceFile } from "./tree.ts";

/** What is found in one file, as "line: what". */
function find(path: string, text: string): string[] {
  return checkTree([sourceFile(path, text)]).map(({ line, what }) => `${line}: ${what}`);
}

const room = "server/src/rooms/cart/add-line.ts";
const statements = "server/src/rooms/cart/cart.sql";
const headed = (sql: string): string => `-- name: lineAdd :one\n-- Adds a line.\n${sql}`;

test("clean code is left alone", () => {
  const code =
    'import { fetchPage } from "./page.ts";\n// fetch( and process.env are words here; select 1 too\nclock.now();\n';
  assert.deepEqual(find(room, code), []);
  assert.deepEqual(find(statements, headed("insert into cart.line (a) select b from catalog.variant;")), []);
});

test("a room writes its own schema and reads any", () => {
  assert.deepEqual(find(statements, headed("update catalog.variant set price = 1;")), [
    "3: writes catalog.variant, which is not cart's",
  ]);
  assert.deepEqual(find(statements, headed("delete from line;")), ["3: writes line: name its schema"]);
  assert.deepEqual(find("server/src/rooms/order/order.sql", headed("update orders.item set n = 1;")), []);
});

test("locks, conflicts and triggers are not writes", () => {
  const sql = `
    select 1 from orders.item for update; select 1 from a.b for no key update of b skip locked;
    insert into cart.line (a) values (1) on conflict (a) do update set a = 2;
    create trigger t before insert or update of n on a.b; create trigger t after update on a.b;
    select 'update x.y set z' -- delete from x.y
    /* truncate x.y */`;
  assert.deepEqual(writesOf(sql), [{ schema: "cart", table: "line" }]);
});

test("every way of writing is seen", () => {
  const sql = `INSERT INTO a.b values (1); update only a.c x set n = 1; delete from "a"."d";
    merge into a.e using q on true when matched then update set n = 1; truncate table a.f; truncate g`;
  assert.deepEqual(
    writesOf(sql).map(({ schema, table }) => `${schema}.${table}`),
    ["a.b", "a.c", "a.d", "a.e", "a.f", "undefined.g"],
  );
});

test("columns are listed", () => {
  for (const star of ["select * from a.b", "select distinct * from a.b", "select l.* from a.b l", "returning *"]) {
    assert.equal(find(statements, headed(`${star};`)).length, 1, star);
  }
  for (const fine of [
    "select count(*) from a.b",
    "select a * b from a.c",
    "select '*' from a.b",
    "select 1 -- not *",
  ]) {
    assert.deepEqual(find(statements, headed(`${fine};`)), [], fine);
  }
});

test("a function may read a whole row into a variable of the table's type", () => {
  assert.deepEqual(find("server/db/migrations/0001_a.sql", "select x.* into s from a.b x for update;\n"), []);
  assert.equal(find("server/db/migrations/0001_a.sql", "return query select x.* from a.b x;\n").length, 1);
  assert.equal(find(statements, headed("select x.* into s from a.b x;")).length, 1);
});

test("a statement says why it exists", () => {
  assert.deepEqual(find(statements, "-- name: lineAdd :one\nselect 1;\n").length, 1);
});

test("migrations have a name in order and no way back", () => {
  assert.deepEqual(find("server/db/migrations/0001_cart.sql", "create schema cart;\n"), []);
  assert.equal(find("server/db/migrations/cart.sql", "create schema cart;\n").length, 1);
  assert.equal(find("server/db/migrations/0001_cart.sql", "-- Down Migration\n").length, 1);
});

test("a door is short, a file is not long", () => {
  const lines = (count: number): string => "x();\n".repeat(count);
  assert.deepEqual(find("server/src/rooms/cart/index.ts", lines(30)), []);
  assert.deepEqual(find("server/src/rooms/cart/index.ts", lines(31)), ["31: 31 lines"]);
  assert.deepEqual(find(room, lines(400)), []);
  assert.deepEqual(find(room, lines(401)), ["401: 401 lines"]);
});

test("the environment, the outside, the time and SQL each have their place", () => {
  const misplaced: readonly [string, string][] = [
    [room, 'const a = process.env["X"];'],
    [room, 'await fetch("https://example.com");'],
    [room, 'import { request } from "undici";'],
    [room, "const now = Date.now();"],
    [room, "const now = new Date();"],
    [room, 'await db.query("select a from b");'],
  ];
  for (const [path, code] of misplaced) assert.equal(find(path, `${code}\n`).length, 1, code);
  const placed: readonly [string, string][] = [
    ["server/src/platform/config/config.ts", 'const a = process.env["X"];'],
    ["server/src/platform/outbound/call.ts", 'await fetch("https://example.com");'],
    ["connectors/src/http/client.ts", 'import { request } from "undici";'],
    ["server/src/platform/http/server.ts", "const now = Date.now();"],
    ["server/src/platform/db/tx.ts", 'await client.query("select 1");'],
    [room, "await cache.fetch(x); prefetch(x);"],
  ];
  for (const [path, code] of placed) assert.deepEqual(find(path, `${code}\n`), [], code);
});

test("nothing is left for later, no test is left out, no name says nothing", () => {
  assert.deepEqual(find(room, "// TODO: soon\n").length, 1);
  assert.deepEqual(find("server/src/rooms/cart/add-line.test.ts", 'test.skip("x", () => undefined);\n').length, 1);
  assert.deepEqual(find("server/src/rooms/cart/utils.ts", "").length, 1);
  assert.deepEqual(find("server/src/kernel/common/ids.ts", "").length, 1);
  assert.deepEqual(find("sandbox/src/base.test.ts", "").length, 1);
});
