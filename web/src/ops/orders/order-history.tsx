"use client";

import { useTranslations } from "next-intl";
import { Section } from "../parts/page.tsx";
import { useCode } from "../parts/use-code.ts";
import { At } from "../parts/when.tsx";
import type { WholeOrder } from "./orders-query.ts";

/** How it came to stand as it does, the last first. */
export function OrderHistory({ order }: { readonly order: WholeOrder["order"] }) {
  const t = useTranslations("ops.order");
  const status = useCode("orderStatus");
  return (
    <Section title={t("history")}>
      <ol className="flex flex-col divide-y divide-line rounded border border-line bg-surface text-sm">
        {order.statusHistory.toReversed().map(({ at, to }, index) => (
          <li key={index} className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 px-4 py-2.5">
            <At at={at} isExact className="text-muted" />
            <span className="font-medium">{status(to)}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
