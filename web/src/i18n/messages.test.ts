import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";

const directory = join(import.meta.dirname, "../../messages");

type Words = { readonly [key: string]: string | Words };

/** Every sentence by its path. */
function sentences(words: Words, path = ""): [string, string][] {
  return Object.entries(words).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[`${path}${key}`, value]] : sentences(value, `${path}${key}.`),
  );
}

/** The names in a sentence's braces. Those inside a plural's branches are arguments too. */
function argumentsOf(sentence: string): string[] {
  return [
    ...new Set(
      [...sentence.matchAll(/(?<!(?:=\d+|\b(?:zero|one|two|few|many|other)) )\{(\w+)\s*[,}]/g)].map(
        ([, name]) => name ?? "",
      ),
    ),
  ].sort();
}

/** The tags around words, such as <link>…</link>. */
function tagsOf(sentence: string): string[] {
  return [...new Set([...sentence.matchAll(/<(\w+)>/g)].map(([, name]) => name ?? ""))].sort();
}

/** All the words of a language, each file under its name. They are read here as they are written, not as compiled. */
function wordsOf(locale: string): Words {
  const files = globSync(`${locale}/*.json`, { cwd: directory });
  return Object.fromEntries(
    files.map((file) => [basename(file, ".json"), JSON.parse(readFileSync(join(directory, file), "utf8")) as Words]),
  );
}

const english = sentences(wordsOf("en"));
const korean = new Map(sentences(wordsOf("ko")));

test("every sentence is there in both languages, with the same arguments and tags", () => {
  assert.deepEqual(new Set(korean.keys()), new Set(english.map(([path]) => path)));
  for (const [path, sentence] of english) {
    const translated = korean.get(path) ?? "";
    assert.notEqual(translated.trim(), "", path);
    assert.deepEqual(argumentsOf(translated), argumentsOf(sentence), path);
    assert.deepEqual(tagsOf(translated), tagsOf(sentence), path);
  }
});

test("every file of words is loaded, in each language", () => {
  const loaded = readFileSync(join(import.meta.dirname, "messages.ts"), "utf8");
  for (const file of globSync("*/*.json", { cwd: directory })) {
    assert.ok(loaded.includes(`"../../messages/${file.replaceAll("\\", "/")}"`), file);
  }
});
