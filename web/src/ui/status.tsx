import type { ReactNode } from "react";
import { cn } from "./class-names.ts";

export type StatusTone = "neutral" | "busy" | "good" | "warn" | "bad";

type StatusProps = { readonly tone?: StatusTone; readonly children: ReactNode; readonly className?: string };

/** How something stands, in a word; the dot's colour only repeats it. `busy` breathes. */
export function Status({ tone = "neutral", children, className }: StatusProps) {
  return (
    <span className={cn("inline-flex items-center gap-2 text-sm whitespace-nowrap", words[tone], className)}>
      <span aria-hidden="true" className={cn("size-2 shrink-0 rounded-full", dots[tone])} />
      {children}
    </span>
  );
}

/** A fact about a thing, such as "Sale" or "Last 3". */
export function Badge({ tone = "neutral", children, className }: StatusProps) {
  return (
    <span
      className={cn(
        "inline-flex items-center rounded-full px-2.5 py-0.5 text-xs font-medium whitespace-nowrap",
        badges[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}

const words = {
  neutral: "text-muted",
  busy: "text-ink",
  good: "text-good",
  warn: "text-warn",
  bad: "text-bad",
} as const;

const dots = {
  neutral: "border border-edge",
  busy: "bg-accent animate-breathe",
  good: "bg-good",
  warn: "bg-warn",
  bad: "bg-bad",
} as const;

const badges = {
  neutral: "bg-sunken text-muted",
  busy: "bg-accent-soft text-accent",
  good: "bg-good-soft text-good",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
} as const;
