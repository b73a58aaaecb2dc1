"use client";

import { useLocale, useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { cn } from "#web/ui/class-names.ts";
import { spanOf } from "./span.ts";

/** So often a clock on the page moves on. */
const tickMs = 15_000;

/** The time now, a quarter of a minute exactly; null before the browser has drawn. */
export function useNow(): number | null {
  return useSyncExternalStore(
    (onChange) => {
      const timer = setInterval(onChange, tickMs);
      return () => clearInterval(timer);
    },
    () => Math.floor(Date.now() / tickMs) * tickMs,
    () => null,
  );
}

type AtProps = {
  /** RFC 3339. */
  readonly at: string;
  /** With seconds, where what followed what matters. */
  readonly isExact?: boolean;
  readonly className?: string;
};

/** An instant by the operator's own clock: the time alone for today's. */
export function At({ at, isExact = false, className }: AtProps) {
  const write = useWriteAt();
  return (
    <time dateTime={at} title={at} suppressHydrationWarning className={cn("figures whitespace-nowrap", className)}>
      {write(at, isExact)}
    </time>
  );
}

/** The same where only text will do. */
export function useWriteAt(): (at: string, isExact?: boolean) => string {
  const locale = useLocale();
  const now = useNow();
  return (at, isExact = false) => {
    const date = new Date(at);
    const isToday = now !== null && date.toDateString() === new Date(now).toDateString();
    const format: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    if (isExact) format.second = "2-digit";
    if (!isToday) Object.assign(format, { month: "short", day: "numeric" } satisfies Intl.DateTimeFormatOptions);
    return new Intl.DateTimeFormat(locale, format).format(date).replaceAll("\u202F", " ");
  };
}

type CountdownProps = {
  readonly to: string;
  /** Below so many minutes it wants attention. */
  readonly nearMinutes?: number;
  readonly className?: string;
};

/** What is left until then, or by how much it is over: "2 h 14 min", "12 min over". */
export function Countdown({ to, nearMinutes = 30, className }: CountdownProps) {
  const t = useTranslations("ops.span");
  const write = useWriteAt();
  const now = useNow() ?? Date.parse(to);
  const { isOver, days, hours, minutes } = spanOf(now, Date.parse(to));
  const left =
    days > 0 ? t("days", { days, hours }) : hours > 0 ? t("hours", { hours, minutes }) : t("minutes", { minutes });
  const isNear = !isOver && days === 0 && hours === 0 && minutes < nearMinutes;
  return (
    <time
      dateTime={to}
      title={write(to)}
      className={cn(
        "figures whitespace-nowrap",
        isOver && "font-medium text-bad",
        isNear && "font-medium text-warn",
        className,
      )}
    >
      {isOver ? t("over", { span: left }) : left}
    </time>
  );
}

/** A length of time in seconds, as short as it can be said. */
export function useWriteSeconds(): (seconds: number) => string {
  const t = useTranslations("ops.span");
  return (seconds) => {
    if (seconds < 60) return t("seconds", { seconds });
    const { days, hours, minutes } = spanOf(0, seconds * 1000);
    if (days > 0) return t("days", { days, hours });
    return hours > 0 ? t("hours", { hours, minutes }) : t("minutes", { minutes });
  };
}
