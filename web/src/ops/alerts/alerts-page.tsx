"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { ButtonLink } from "#web/ui/link.tsx";
import { BareSelect } from "#web/ui/select.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { DeskPage } from "../parts/page.tsx";
import { AlertMailForm } from "./alert-mail-form.tsx";
import { AlertsTable } from "./alerts-table.tsx";
import { alertsQuery, askAgainMs } from "./alerts-query.ts";
import { alertKinds, alertsHref, type AlertsView } from "./alerts-view.ts";

/** What the people of the house should know of, the last first, and whether they are written to about it. */
export function AlertsPage({ view }: { readonly view: AlertsView }) {
  const t = useTranslations("alerts");
  const query = useQuery({ ...alertsQuery(view, useLocale()), refetchInterval: askAgainMs });
  return (
    <DeskPage title={t("title")} tools={<KindChoice view={view} />}>
      <AlertMailForm />
      <Loaded query={query}>
        {({ alerts, nextCursor }) => (
          <>
            {alerts.length === 0 ? <EmptyState title={t("empty")} /> : <AlertsTable alerts={alerts} />}
            <div className="flex justify-center gap-3">
              {view.cursor !== null && (
                <ButtonLink href={alertsHref({ ...view, cursor: null })} variant="secondary" size="sm">
                  {t("newest")}
                </ButtonLink>
              )}
              {nextCursor !== null && (
                <ButtonLink href={alertsHref({ ...view, cursor: nextCursor })} variant="secondary" size="sm">
                  {t("older")}
                </ButtonLink>
              )}
            </div>
          </>
        )}
      </Loaded>
    </DeskPage>
  );
}

function KindChoice({ view }: { readonly view: AlertsView }) {
  const t = useTranslations("alerts");
  const router = useRouter();
  return (
    <BareSelect
      aria-label={t("which")}
      value={view.kind ?? ""}
      onChange={({ target: { value } }) =>
        router.push(alertsHref({ kind: alertKinds.find((each) => each === value) ?? null, cursor: null }))
      }
      options={[
        { value: "", label: t("all") },
        ...alertKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })),
      ]}
    />
  );
}
