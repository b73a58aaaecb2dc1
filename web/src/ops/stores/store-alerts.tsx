"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Status } from "#web/ui/status.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { Section } from "../parts/page.tsx";
import { useCode } from "../parts/use-code.ts";
import { At } from "../parts/when.tsx";
import { alertsQuery, type Alert } from "./stores-query.ts";

const tones = { sick: "bad", recovered: "good", paused: "warn", resumed: "good" } as const;

/** What befell its tiers lately, the last first. */
export function StoreAlerts({ storeId }: { readonly storeId: string }) {
  const t = useTranslations("ops.store.alerts");
  const query = useQuery(alertsQuery(storeId));
  return (
    <Section title={t("title")}>
      <Loaded query={query} lines={3}>
        {({ alerts }) =>
          alerts.length === 0 ? (
            <p className="text-sm text-muted">{t("none")}</p>
          ) : (
            <ol className="flex flex-col divide-y divide-line rounded border border-line bg-surface text-sm">
              {alerts.map((alert) => (
                <AlertLine key={alert.alertId} alert={alert} />
              ))}
            </ol>
          )
        }
      </Loaded>
    </Section>
  );
}

function AlertLine({ alert }: { readonly alert: Alert }) {
  const t = useTranslations("ops.store.alerts");
  const method = useCode("method");
  const why = useCode("why");
  const { at, kind, position, bad, total, reason } = alert;
  return (
    <li className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 px-4 py-2.5">
      <At at={at} className="text-muted" />
      <Status tone={tones[kind]}>{t(`kind.${kind}`)}</Status>
      <span>
        {position} · {method(alert.method)}
      </span>
      {bad !== null && total !== null && <span className="text-muted">{t("counted", { bad, total })}</span>}
      {reason !== null && <span className="min-w-0 break-words text-muted">{why(reason)}</span>}
    </li>
  );
}
