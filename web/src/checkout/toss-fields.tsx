"use client";

import { useTranslations } from "next-intl";
import { Notice } from "#web/ui/panel.tsx";
import { Skeleton } from "#web/ui/skeleton.tsx";
import { tossPlaces, type TossUse } from "./use-toss.ts";

/** Where the widget for won draws its frames: how to pay, and its terms. */
export function TossFields({ toss: { isReady, isLost } }: { readonly toss: TossUse }) {
  const t = useTranslations("checkout");
  return (
    <div className="relative min-h-60">
      {!isReady && !isLost && (
        <div className="absolute inset-0 flex flex-col gap-4" role="status">
          <span className="sr-only">{t("cardFieldsLoading")}</span>
          <Skeleton className="h-20" />
          <Skeleton className="h-20" />
        </div>
      )}
      {isLost && (
        <Notice role="alert" tone="bad">
          {t("tossLost")}
        </Notice>
      )}
      <div id={tossPlaces.methods} className="overflow-hidden rounded-lg bg-white" />
      <div id={tossPlaces.agreement} className="mt-3 overflow-hidden rounded-lg bg-white" />
    </div>
  );
}
