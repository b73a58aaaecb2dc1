"use client";

import { useTranslations } from "next-intl";
import { Badge, type StatusTone } from "#web/ui/status.tsx";
import type { SellerLine } from "./sellers-query.ts";

type Level = SellerLine["verificationLevel"];

const tones: Readonly<Record<Level, StatusTone>> = { unverified: "neutral", email: "neutral", identity: "good" };

/** How well Muse knows a seller, and whether they may sell. */
export function LevelBadge({ level, isSuspended }: { readonly level: Level; readonly isSuspended: boolean }) {
  const t = useTranslations("sellers");
  return (
    <span className="flex flex-wrap gap-2">
      <Badge tone={tones[level]}>{t(`level.${level}`)}</Badge>
      {isSuspended && <Badge tone="bad">{t("state.suspended")}</Badge>}
    </span>
  );
}
