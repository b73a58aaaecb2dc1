import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

export type SourceFile = {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: readonly string[];
};

const places = ["contracts", "connectors", "sandbox", "server", "tools", "test", "web"];

/** Every file of ours that the rules read: TypeScript and SQL, without what a tool wrote. */
export function readTree(root: string): SourceFile[] {
  return places
    .flatMap((place) =>
      globSync(`${place}/**/*.{ts,tsx,sql}`, {
        cwd: root,
        exclude: ["**/node_modules/**", "**/.next/**", "**/dist/**"],
      }),
    )
    .filter((path) => !path.endsWith(".gen.ts") && !path.endsWith(".d.ts") && path !== "server/db/schema.sql")
    .sort()
    .map((path) => sourceFile(path.replaceAll("\\", "/"), readFileSync(join(root, path), "utf8")));
}

export function sourceFile(path: string, text: string): SourceFile {
  return { path, text, lines: text.split("\n") };
}
