import { clsx, type ClassValue } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({
  extend: { theme: { text: ["xs", "sm", "base", "lg", "xl", "2xl", "3xl"], radius: ["sm", "", "lg", "full"] } },
});

/** Joins class names; of two that set the same property the last one wins, so that a caller may change a component. */
export function cn(...names: readonly ClassValue[]): string {
  return merge(clsx(names));
}
