"use client";

import { useFormatter, useTranslations } from "next-intl";
import { cn } from "#web/ui/class-names.ts";
import type { TierHealth } from "./stores-query.ts";

/** Below this share of tries that came through, somebody should look. */
const wellFrom = 0.95;

/** How many of the tries came through, of how many. */
export function Share({ of: { successRate, total } }: { readonly of: TierHealth }) {
  const t = useTranslations("ops.stores");
  const format = useFormatter();
  if (successRate === null) return <span className="text-muted">{t("noTries")}</span>;
  return (
    <span className="figures whitespace-nowrap">
      <span className={cn(successRate < wellFrom && "font-medium text-bad")}>
        {format.number(successRate, { style: "percent", maximumFractionDigits: 1 })}
      </span>{" "}
      <span className="text-muted">{t("ofTries", { count: total })}</span>
    </span>
  );
}
