/** The rules that no linter knows, each told by text. A rule here is a promise of docs/ or of the style. */
import { codeRules } from "./code-rules.ts";
import type { Finding, Rule } from "./rule.ts";
import { sqlRules } from "./sql-rules.ts";
import type { SourceFile } from "./tree.ts";

export type Report = Finding & { readonly path: string; readonly rule: string };

export const rules: readonly Rule[] = [...codeRules, ...sqlRules];

export function checkTree(files: readonly SourceFile[]): Report[] {
  return files.flatMap((file) =>
    rules
      .filter((rule) => rule.appliesTo(file.path))
      .flatMap((rule) => rule.check(file).map((finding) => ({ ...finding, path: file.path, rule: rule.name }))),
  );
}
