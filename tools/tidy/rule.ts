import type { SourceFile } from "./tree.ts";

export type Finding = { readonly line: number; readonly what: string };

export type Rule = {
  /** A sentence that is true of a tidy tree. */
  readonly name: string;
  readonly appliesTo: (path: string) => boolean;
  readonly check: (file: SourceFile) => readonly Finding[];
};
