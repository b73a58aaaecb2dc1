import assert from "node:assert/strict";
import { test } from "node:test";
import { parseSqlFile } from "./parse.ts";

const statement = (body: string): string => `-- name: thingRead :one\n-- Read for the page.\n${body}`;

function parseOne(body: string): { text: string; params: string[] } {
  const [parsed] = parseSqlFile("x.sql", statement(body));
  assert.ok(parsed !== undefined);
  return { text: parsed.text, params: parsed.params.map(({ name, isNullable }) => `${name}${isNullable ? "?" : ""}`) };
}

test("a file is its statements, each with its mode and its reason", () => {
  const source = [
    "-- The room's statements.",
    "",
    "-- name: thingAdd :exec",
    "-- Adds one.",
    "-- Locks nothing.",
    "insert into x.thing (thing_id) values (:thing_id);",
    "",
    "-- name: thingList :many",
    "-- Read for the list.",
    "select thing_id from x.thing;",
    "",
  ].join("\n");
  assert.deepEqual(parseSqlFile("x.sql", source), [
    {
      name: "thingAdd",
      mode: "exec",
      doc: ["Adds one.", "Locks nothing."],
      text: "insert into x.thing (thing_id) values ($1)",
      params: [{ name: "thing_id", isNullable: false }],
    },
    { name: "thingList", mode: "many", doc: ["Read for the list."], text: "select thing_id from x.thing", params: [] },
  ]);
});

test("a parameter has one number wherever it stands, and one question mark makes it nullable", () => {
  assert.deepEqual(parseOne("select :b, :a_1, :b?::text;"), { text: "select $1, $2, $1::text", params: ["b?", "a_1"] });
});

test("a colon that is no parameter is left alone", () => {
  const bodies = [
    "select ':no' || 'it''s :no'",
    'select 1 as ":no"',
    "select $$ :no $$, $body$ :no $body$",
    "select x::text, '{1,2}'::int[]",
    "select items[1:2], items[n:m] from x.thing",
  ];
  for (const body of bodies) assert.deepEqual(parseOne(`${body};`), { text: body, params: [] });
});

test("a question mark with a space is an operator", () => {
  assert.deepEqual(parseOne("select :a::jsonb ? 'k';"), { text: "select $1::jsonb ? 'k'", params: ["a"] });
});

test("comments inside a statement are not sent, whatever they hold", () => {
  assert.deepEqual(parseOne("select 1 -- it's :no; really\n, :yes /* :no; */;"), {
    text: "select 1\n, $1",
    params: ["yes"],
  });
});

test("what its author forgot is said", () => {
  const mistakes: readonly [string, RegExp][] = [
    ["-- name: thingRead :one\nselect 1;", /thingRead: say why it exists/],
    ["-- name: thing_read :one\n-- Why.\nselect 1;", /is not "-- name: nounVerb/],
    ["-- name: thingRead :some\n-- Why.\nselect 1;", /is not "-- name: nounVerb/],
    [statement("select 1"), /end the statement with a semicolon/],
    [statement("select 1; select 2;"), /one name, one statement/],
    [`${statement("select 1;")}\n${statement("select 2;")}`, /two statements are named thingRead/],
    ["select 1;", /stands before the first/],
  ];
  for (const [source, message] of mistakes) assert.throws(() => parseSqlFile("x.sql", source), message);
});

test("a semicolon in a literal ends nothing", () => {
  assert.deepEqual(parseOne("select ';', $$;$$;"), { text: "select ';', $$;$$", params: [] });
});
