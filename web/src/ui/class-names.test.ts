import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "node:test";
import { extendTailwindMerge } from "tailwind-merge";
import { cn } from "./class-names.ts";

/** The table of everything there is; our own knows what the shop uses, and is held against it. */
const reference = extendTailwindMerge({
  extend: { theme: { text: ["xs", "sm", "base", "lg", "xl", "2xl", "3xl"], radius: ["sm", "", "lg", "full"] } },
});

const sources = resolve(import.meta.dirname, "..");

/** Every word in the components that is a utility class: the reference takes the same twice for once. */
function classesInUse(): string[] {
  const files = globSync(["**/*.tsx", "**/*-look.ts"], { cwd: sources });
  const words = files.flatMap((file) =>
    [...readFileSync(resolve(sources, file), "utf8").matchAll(/["`']([^"`'\n]*)["`']/g)].flatMap(([, text = ""]) =>
      text.split(/\s+/),
    ),
  );
  const names = new Set(words.map((word) => word.replace(/^(?:[\w-]+:)+/, "")));
  return [...names].filter((name) => name !== "" && reference(`${name} ${name}`) === name);
}

test("of any two classes that the shop uses, the same ones stay as with tailwind-merge", () => {
  const classes = classesInUse();
  assert.ok(classes.length > 300, `${classes.length} classes were found`);
  const different = classes.flatMap((first) =>
    classes
      .map((second) => `${first} ${second}`)
      .filter((pair) => cn(pair) !== reference(pair))
      .map((pair) => `"${pair}" is "${cn(pair)}" and not "${reference(pair)}": class-slots.ts does not know it`),
  );
  assert.deepEqual(different.slice(0, 20), []);
});

const cases: readonly (readonly [string, string])[] = [
  ["p-4 px-2", "p-4 px-2"],
  ["px-2 p-4", "p-4"],
  ["p-1 px-2 py-3", "px-2 py-3"],
  ["h-4 w-full h-20", "w-full h-20"],
  ["hover:bg-paper bg-sunken hover:bg-sunken", "bg-sunken hover:bg-sunken"],
  ["data-[state=open]:flex data-[state=open]:hidden", "data-[state=open]:hidden"],
  ["text-sm text-muted text-xs", "text-muted text-xs"],
  ["-mx-1 mx-2", "mx-2"],
  ["figures unknown unknown", "figures unknown unknown"],
];
for (const [given, expected] of cases) test(`"${given}" is "${expected}"`, () => assert.equal(cn(given), expected));

test("what is not there leaves no trace", () => {
  assert.equal(cn("p-2", false, undefined, null, ""), "p-2");
  assert.equal(cn(), "");
});
