import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { openTestDb } from "../server/test/db.ts";
import { generate } from "./sqlgen.ts";

const { pool, url } = await openTestDb();
await pool.query(`
  create schema shelf;
  create type shelf.mood as enum ('glad', 'sad');
  create domain shelf.code as text check (value <> '');
  create table shelf.thing (
    thing_id uuid primary key, mood shelf.mood not null, moods shelf.mood[] not null, tags text[] not null,
    note text, extra jsonb not null, amount_minor int8 not null, at timestamptz not null, code shelf.code, picture bytea
  )`);

const root = mkdtempSync(join(tmpdir(), "sqlgen-"));
after(() => rmSync(root, { recursive: true }));

async function generateFrom(source: string, file = "shelf.sql"): Promise<{ text: string; problems: string[] }> {
  const dir = join(root, "server/src/rooms/shelf");
  rmSync(root, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, file), source);
  const { generated, problems } = await generate(url, root);
  return { text: generated[0]?.text ?? "", problems };
}

const holds = (text: string, ...parts: readonly string[]): void => {
  for (const part of parts) assert.ok(text.includes(part), `${part}\nis not in\n${text}`);
};

test("parameters and columns get the types that Postgres gives them", async () => {
  const { text, problems } = await generateFrom(`-- name: thingAdd :opt
-- Adds a thing.
insert into shelf.thing (thing_id, mood, moods, tags, note, extra, amount_minor, at, code, picture)
values (:thing_id, :mood, :moods, :tags, :note?, :extra, :amount_minor, :at, :code?, :picture?)
returning thing_id, mood, moods, tags, note, extra, amount_minor, at, code, picture;
`);
  assert.deepEqual(problems, []);
  holds(text, `import { opt, textArray, type Db } from "#platform/db/query.ts";`);
  holds(
    text,
    "readonly thingId: string;",
    `readonly mood: "glad" | "sad";`,
    `readonly moods: readonly ("glad" | "sad")[];`,
  );
  holds(text, "readonly tags: readonly string[];", "readonly note: string | null;", "readonly extra: unknown;");
  holds(text, "readonly amountMinor: bigint;", "readonly at: Date;", "readonly code: string | null;");
  holds(text, "readonly picture: Uint8Array | null;", "readonly picture: Buffer | null;");
  holds(text, "JSON.stringify(args.extra)", "moods: textArray(row[2])", "tags: row[3]");
  holds(text, `Promise<ThingAddRow | null>`, `opt(db, "shelf.thingAdd", thingAddText, [args.thingId, `);
});

test("an outer join makes every unmarked column nullable", async () => {
  const { text } = await generateFrom(`-- name: pairList :many
-- Shows it.
select a.thing_id as "thing_id!", b.mood from shelf.thing a left join shelf.thing b on b.code = a.note;
`);
  holds(text, "readonly thingId: string;", `readonly mood: "glad" | "sad" | null;`, "Promise<PairListRow[]>");
  holds(text, "export function pairList(db: Db): ");
});

test("exec answers a count and needs no row type", async () => {
  const { text } = await generateFrom(`-- name: thingForget :exec
-- Deletes by code.
delete from shelf.thing where code = any(:codes::text[]);
`);
  holds(text, "readonly codes: readonly string[];", "Promise<number>", "return exec(db,");
  assert.ok(!text.includes("ThingForgetRow"));
});

test("SQL with quotes, backslashes and dollars survives its way into the module", async () => {
  const { text } = await generateFrom(`-- name: oddRead :one
-- Odd characters.
select '\`\${x}\\n' as "odd!";
`);
  holds(text, "select '\\`\\${x}\\\\n' as \"odd!\"");
});

test("what Postgres refuses is said with the file, the statement and the line", async () => {
  const bad = await generateFrom("-- name: thingRead :one\n-- Why.\nselect\n  mispelt\nfrom shelf.thing;\n");
  assert.match(bad.problems[0] ?? "", /shelf\.sql: thingRead: column "mispelt" does not exist, near: mispelt/);
  const untyped = await generateFrom("-- name: thingRead :one\n-- Why.\nselect interval '1 day' as pause;\n");
  assert.match(untyped.problems[0] ?? "", /thingRead → pause: no TypeScript type/);
  const twins = await generateFrom("-- name: thingRead :one\n-- Why.\nselect 1 as a, 2 as a;\n");
  assert.match(twins.problems[0] ?? "", /two columns are named a/);
});

test("a room may have several files; their statements carry the room's name", async () => {
  const { text } = await generateFrom(
    '-- name: thingCount :one\n-- Why.\nselect count(*) as "n!" from shelf.thing;\n',
    "more.sql",
  );
  holds(text, "// Generated from more.sql", `one(db, "shelf.thingCount"`, "readonly n: bigint;");
});
