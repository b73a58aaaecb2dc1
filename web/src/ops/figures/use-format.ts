"use client";

import { useFormatter, useLocale } from "next-intl";
import { useWriteSeconds } from "../parts/when.tsx";

/** How figures are written here. */
export function useFormat() {
  const format = useFormatter();
  const locale = useLocale();
  const seconds = useWriteSeconds();
  return {
    percent: (value: number) => format.number(value, { style: "percent", maximumFractionDigits: 1 }),
    count: (value: number) => format.number(value, { maximumFractionDigits: 1 }),
    /** Where the API formats nothing: the scale of a chart, in minor units. */
    money: (cents: number, currency: string) => {
      const written = new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "narrowSymbol" });
      return written.format(cents / 10 ** (written.resolvedOptions().maximumFractionDigits ?? 2));
    },
    seconds: (value: number) => seconds(Math.round(value)),
    /** The beginning of a bucket: the hour where buckets are hours, the day where they are days. */
    bucket: (at: string, bucketSeconds: number) => {
      const day = { month: "short", day: "numeric" } as const;
      const hour = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
      const shown = bucketSeconds >= daySeconds ? day : bucketSeconds > hourSeconds ? { ...day, ...hour } : hour;
      return new Intl.DateTimeFormat(locale, shown).format(new Date(at)).replaceAll("\u202F", " ");
    },
  };
}

const hourSeconds = 3_600;
const daySeconds = 86_400;
