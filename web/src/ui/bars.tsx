import type { ReactNode } from "react";
import { cn } from "./class-names.ts";

export type Bar = {
  readonly key: string;
  readonly label: ReactNode;
  /** From 0 to 1; null: there was nothing to take a share of. */
  readonly share: number | null;
  /** The share as it is read. */
  readonly text: ReactNode;
  readonly tone?: "good" | "bad";
};

/** Shares of like things under each other. The numbers stand beside the bars, so nothing is told by length alone. */
export function Bars({ label, bars }: { readonly label: string; readonly bars: readonly Bar[] }) {
  return (
    <ul aria-label={label} className="flex flex-col gap-2.5 text-sm">
      {bars.map(({ key, label: name, share, text, tone = "good" }) => (
        <li key={key} className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1">
          <span className="min-w-0">{name}</span>
          <span className="figures text-right">{text}</span>
          <span aria-hidden="true" className="col-span-2 h-1.5 overflow-hidden rounded-full bg-sunken">
            <span
              className={cn("block h-full rounded-full", tone === "bad" ? "bg-bad" : "bg-accent")}
              style={{ width: `${(share ?? 0) * 100}%` }}
            />
          </span>
        </li>
      ))}
    </ul>
  );
}
