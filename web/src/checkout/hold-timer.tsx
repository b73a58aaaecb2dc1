"use client";

import type { Session } from "@muse/contracts/checkout";
import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { cn } from "#web/ui/class-names.ts";

/** From here on the remaining time is counted, not only its end told. */
const countedFromS = 5 * 60;

/**
 * Until when prices and stock are held. The server's remaining seconds count, never this device's clock, which may be
 * wrong.
 */
export function HoldTimer({ session, onOver }: { readonly session: Session; readonly onOver: () => void }) {
  const t = useTranslations("checkout");
  const format = useFormatter();
  const { secondsLeft, sessionId } = session;
  const [left, setLeft] = useState(secondsLeft);
  useEffect(() => {
    const startedMs = performance.now();
    const tick = (): void => {
      const now = Math.max(0, Math.ceil(secondsLeft - (performance.now() - startedMs) / 1_000));
      setLeft(now);
      if (now === 0) onOver();
    };
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [secondsLeft, sessionId, onOver]);

  if (left === 0) return null;
  const until = format.dateTime(new Date(Date.now() + left * 1_000), {
    hour: "numeric",
    minute: "2-digit",
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  const isShort = left <= countedFromS;
  return (
    <p className={cn("figures text-xs", isShort ? "text-warn" : "text-muted")}>
      {isShort
        ? t("heldFor", { minutes: Math.floor(left / 60), seconds: String(left % 60).padStart(2, "0") })
        : t("heldUntil", { until })}
    </p>
  );
}
