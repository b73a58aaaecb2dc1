import type { ComponentProps } from "react";
import { cn } from "./class-names.ts";

/** A sheet of paper on the page: hairline, no shadow. For what belongs together, not for every paragraph. */
export function Panel({ className, ...rest }: ComponentProps<"section">) {
  return <section {...rest} className={cn("rounded-lg border border-line bg-surface p-6 sm:p-8", className)} />;
}

/** A few words that must not be missed, beside what they are about. */
export function Notice({
  tone = "neutral",
  className,
  ...rest
}: ComponentProps<"div"> & { readonly tone?: "neutral" | "good" | "warn" | "bad" }) {
  return <div {...rest} className={cn("rounded px-4 py-3 text-sm", noticeTones[tone], className)} />;
}

const noticeTones = {
  neutral: "bg-sunken text-ink",
  good: "bg-good-soft text-good",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
} as const;
