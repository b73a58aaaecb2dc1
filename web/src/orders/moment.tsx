"use client";

import { useLocale } from "next-intl";
import { useSyncExternalStore } from "react";

type MomentProps = {
  /** RFC 3339. */
  readonly at: string;
  /** `day`: "November 21, 2026". `time`: "Sat, Nov 21, 5:30 AM". */
  readonly as?: "day" | "time";
};

/** An instant by the reader's own clock. */
export function Moment({ at, as = "time" }: MomentProps) {
  const write = useWriteMoment();
  return <time dateTime={at}>{write(at, as)}</time>;
}

/** The same where only text will do. */
export function useWriteMoment(): (at: string, as: "day" | "time") => string {
  const locale = useLocale();
  const timeZone = useTimeZone();
  return (at, as) => {
    const format = new Intl.DateTimeFormat(locale, { ...formats[as], timeZone });
    // Server and browser may know different spaces between the figures and what follows them.
    return format.format(new Date(at)).replaceAll("\u202F", " ");
  };
}

const formats = {
  day: { year: "numeric", month: "long", day: "numeric" },
  time: { weekday: "short", month: "short", day: "numeric", hour: "numeric", minute: "2-digit" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** The server does not know the reader's zone: it writes UTC, and the browser puts it right as soon as it draws. */
function useTimeZone(): string {
  return useSyncExternalStore(
    neverChanges,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => "UTC",
  );
}

function neverChanges(): () => void {
  return () => undefined;
}
