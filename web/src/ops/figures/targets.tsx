"use client";

import { useTranslations } from "next-intl";
import { cn } from "#web/ui/class-names.ts";
import type { Overview } from "./figures-query.ts";
import { useFormat } from "./use-format.ts";

type Target = {
  readonly name: "placement" | "completion" | "time" | "failure" | "multiStore" | "queue";
  readonly value: number | null;
  readonly text: (value: number) => string;
  readonly isMet: (value: number) => boolean;
  /** What it is held to, as it is written; null: it is only watched. */
  readonly aim: string | null;
};

/** The figures that the house is held to (product.md), each beside its target. */
export function Targets({ overview }: { readonly overview: Overview }) {
  const t = useTranslations("ops.figures.target");
  const { percent, seconds, count } = useFormat();
  const { checkout, payments, placements, manualQueue } = overview;
  const targets: readonly Target[] = [
    { name: "placement", value: placements.successRate, text: percent, isMet: (v) => v > 0.95, aim: "> 95 %" },
    { name: "completion", value: checkout.completionRate, text: percent, isMet: (v) => v > 0.8, aim: "> 80 %" },
    { name: "time", value: checkout.medianSeconds, text: seconds, isMet: (v) => v < 120, aim: `< ${seconds(120)}` },
    { name: "failure", value: payments.failureRate, text: percent, isMet: (v) => v < 0.02, aim: "< 2 %" },
    { name: "multiStore", value: checkout.multiStoreShare, text: percent, isMet: () => true, aim: null },
    { name: "queue", value: manualQueue.overdue, text: count, isMet: (v) => v === 0, aim: "0" },
  ];
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded border border-line bg-line md:grid-cols-3 2xl:grid-cols-6">
      {targets.map(({ name, value, text, isMet, aim }) => (
        <div key={name} className="flex flex-col gap-1 bg-surface px-4 py-3.5">
          <dt className="text-xs text-muted">{t(name)}</dt>
          <dd className={cn("figures text-xl font-medium", value !== null && !isMet(value) && "text-bad")}>
            {value === null ? "–" : text(value)}
          </dd>
          <dd className="figures text-xs text-muted">{aim === null ? t("watched") : t("aim", { aim })}</dd>
        </div>
      ))}
    </dl>
  );
}
