/**
 * Begins a connector.
 *
 *     npm run new-connector -- my-store               for a store with an API
 *     npm run new-connector -- my-shop --browser      for a web shop
 *
 * Writes `connectors/src/<name>/` with a skeleton that compiles and a conformance test that fails where the store has
 * to be written in. The test begins against a store of the sandbox; docs/connectors.md says how to give it your own.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

export type Kind = "api" | "browser";

export type Begun =
  | { readonly kind: "written"; readonly files: readonly string[] }
  | { readonly kind: "refused"; readonly why: string };

const nameForm = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

const skeletons: Readonly<Record<Kind, Readonly<Record<string, string>>>> = {
  api: { "api-connector.txt": "connector.ts", "api-test.txt": "conformance.test.ts" },
  browser: { "browser-recipe.txt": "recipe.ts", "browser-test.txt": "conformance.test.ts" },
};

/** @param sources the folder that holds one folder for each connector */
export function beginConnector(name: string, kind: Kind, sources: string): Begun {
  if (!nameForm.test(name)) return { kind: "refused", why: `"${name}" is no name like my-store` };
  const folder = join(sources, name);
  if (existsSync(folder)) return { kind: "refused", why: `${folder} is there already` };
  mkdirSync(folder, { recursive: true });
  const files = Object.entries(skeletons[kind]).map(([skeleton, file]) => {
    const text = readFileSync(join(import.meta.dirname, "skeletons", skeleton), "utf8");
    const path = join(folder, file);
    writeFileSync(path, text.replaceAll("__name__", name).replaceAll("__Name__", camelCase(name)));
    return path;
  });
  return { kind: "written", files };
}

/** `my-store` → `myStore` */
function camelCase(name: string): string {
  return name.replaceAll(/-([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

function main(): number {
  const words = process.argv.slice(2);
  const [name = ""] = words.filter((word) => !word.startsWith("--"));
  const kind: Kind = words.includes("--browser") ? "browser" : "api";
  const begun = beginConnector(name, kind, resolve(import.meta.dirname, "../src"));
  if (begun.kind === "refused") {
    process.stderr.write(`${begun.why}\nusage: npm run new-connector -- my-store [--browser]\n`);
    return 1;
  }
  const test = begun.files.at(-1) ?? "";
  process.stdout.write(
    [
      ...begun.files.map((file) => `written: ${file}`),
      `next: docs/connectors.md, ${kind === "browser" ? '"A web shop"' : '"Step by step"'}; one promise to begin with, and all of them:`,
      `      node --test --test-name-pattern "placed once" ${test}`,
      `      node --test ${test}`,
      "      a line in connectors/src/registry.ts when all is green",
      "",
    ].join("\n"),
  );
  return 0;
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === import.meta.filename) process.exitCode = main();
