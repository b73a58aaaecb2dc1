import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { posix, resolve } from "node:path";

import { assert } from "#core/assert.ts";

const root = resolve(import.meta.dirname, "../../browser");
const isOurs = /^(shared|frames|page|toss)\/[a-z-]+\.(ts|css)$/;
const sources = new Map<string, string>();

/** A file of `sandbox/browser` as the browser takes it: its types are blanked out. `undefined` for any other name. */
export function browserFile(name: string): string | undefined {
  if (!isOurs.test(name)) return undefined;
  const known = sources.get(name);
  if (known !== undefined) return known;
  const text = readIfThere(resolve(root, name));
  if (text === undefined) return undefined;
  const source = name.endsWith(".ts") ? withoutTypes(text) : text;
  sources.set(name, source);
  return source;
}

/**
 * One classic script out of modules that import each other: each becomes a function that answers its exports, after
 * those that it imports. It understands the imports and exports that our own modules use, and refuses others.
 * @param lastWords what runs at the end, with the modules at hand as `modules["page/define.ts"]`
 */
export function classicScript(entry: string, lastWords: string): string {
  const bodies = new Map<string, string>();
  const add = (name: string): void => {
    if (bodies.has(name)) return;
    const source = browserFile(name);
    assert(source !== undefined, `${name} is a file of sandbox/browser`);
    const { body, imports } = asFunction(name, source);
    for (const imported of imports) add(imported);
    bodies.set(name, body);
  };
  add(entry);
  return `(() => {\n"use strict";\nconst modules = {};\n${[...bodies.values()].join("\n")}\n${lastWords}\n})();\n`;
}

function asFunction(name: string, source: string): { readonly body: string; readonly imports: readonly string[] } {
  const imports: string[] = [];
  const exported: string[] = [];
  const linked = source
    .replaceAll(/^import \{([^}]*)\} from "([^"]+)";$/gm, (_all, names: string, path: string) => {
      const imported = posix.join(posix.dirname(name), path);
      imports.push(imported);
      return `const {${names}} = modules[${JSON.stringify(imported)}];`;
    })
    .replaceAll(/^export ((?:async )?(?:function|const|class) ([A-Za-z]+))/gm, (_all, rest: string, word: string) => {
      exported.push(word);
      return rest;
    });
  assert(!/^(import|export) /m.test(linked), `${name} imports and exports by name only`);
  const body = `modules[${JSON.stringify(name)}] = (() => {\n${linked}\nreturn { ${exported.join(", ")} };\n})();`;
  return { body, imports };
}

/** What stood for a type is blanks; at the ends of lines nobody needs them. */
function withoutTypes(text: string): string {
  return stripTypeScriptTypes(text)
    .replaceAll(/[ \t]+$/gm, "")
    .replaceAll(/\n{3,}/g, "\n\n");
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
