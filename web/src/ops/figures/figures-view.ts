import type { Query } from "../types.ts";
import { addressOf, oneOf } from "../view.ts";

export const ranges = ["24h", "7d", "30d"] as const;
export type Range = (typeof ranges)[number];

export type FiguresView = { readonly range: Range };

export function figuresViewOf(query: Query): FiguresView {
  return { range: oneOf(query, "range", ranges) ?? "24h" };
}

export function figuresHref({ range }: FiguresView): string {
  return addressOf("/ops/figures", { range: range === "24h" ? null : range });
}
