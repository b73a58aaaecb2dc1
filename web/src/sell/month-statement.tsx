"use client";

import { sellerCurrencies } from "@muse/contracts/seller";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { buttonLook } from "#web/ui/button-look.ts";
import { BareSelect } from "#web/ui/select.tsx";

/** As many months back as are offered; older ones are asked of the API. */
const monthsShown = 24;

type MonthStatementProps = { readonly path: string };

/** A month's statement in one currency to take along, as CSV. */
export function MonthStatement({ path }: MonthStatementProps) {
  const t = useTranslations("sell.sales");
  const format = useFormatter();
  const [months] = useState(() => monthsBack(new Date(), monthsShown));
  const [month, setMonth] = useState(months[0] ?? "");
  const [currency, setCurrency] = useState<string>(sellerCurrencies[0]);
  const nameOf = (of: string): string =>
    format.dateTime(new Date(`${of}-15T00:00:00Z`), { year: "numeric", month: "long", timeZone: "UTC" });
  return (
    <section aria-label={t("statement")} className="flex flex-wrap items-center gap-3">
      <BareSelect
        aria-label={t("month")}
        value={month}
        onChange={({ currentTarget: { value } }) => setMonth(value)}
        options={months.map((value) => ({ value, label: nameOf(value) }))}
      />
      <BareSelect
        aria-label={t("currency")}
        value={currency}
        onChange={({ currentTarget: { value } }) => setCurrency(value)}
        options={sellerCurrencies.map((value) => ({ value, label: value }))}
      />
      <a
        href={`${path}?${new URLSearchParams({ month, currency }).toString()}`}
        download
        className={buttonLook({ variant: "secondary" })}
      >
        {t("get")}
      </a>
    </section>
  );
}

/** The months of UTC up to this one, newest first: "2026-11". */
function monthsBack(now: Date, count: number): string[] {
  return Array.from({ length: count }, (_, back) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1)).toISOString().slice(0, 7),
  );
}
