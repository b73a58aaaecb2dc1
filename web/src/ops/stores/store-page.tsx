"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { isApiError } from "#web/api/error.ts";
import { Breadcrumbs } from "#web/ui/breadcrumbs.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { Link } from "#web/ui/link.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { SplitView } from "#web/ui/split-view.tsx";
import { useAskAgainMs } from "../frame/live.tsx";
import { ordersHref } from "../orders/orders-view.ts";
import { Loaded } from "../parts/loaded.tsx";
import { DeskPage, Facts, Section } from "../parts/page.tsx";
import { webAddressOf } from "../parts/web-address.ts";
import { At } from "../parts/when.tsx";
import { queueHref } from "../queue/queue-view.ts";
import { LimitsForm } from "./limits-form.tsx";
import { PermissionForm } from "./permission-form.tsx";
import { StoreAlerts } from "./store-alerts.tsx";
import { storeQuery, type Store } from "./stores-query.ts";
import { TierCard } from "./tier-card.tsx";

/** One store: its tiers with their switches and health, what it permits, and its limits. */
export function StorePage({ storeId }: { readonly storeId: string }) {
  const t = useTranslations("ops");
  const refetchInterval = useAskAgainMs();
  const query = useQuery({ ...storeQuery(storeId), refetchInterval });
  const isMissing = isApiError(query.error, "store_not_found") && query.data === undefined;
  return (
    <DeskPage
      title={
        <span className="flex flex-col gap-1">
          <span className="text-base font-normal">
            <Breadcrumbs crumbs={[{ label: t("places.stores"), href: "/ops/stores" }, { label: storeId }]} />
          </span>
          <span>{query.data?.name ?? storeId}</span>
        </span>
      }
    >
      {isMissing ? (
        <EmptyState title={t("store.missing")} />
      ) : (
        <Loaded query={query}>{(store) => <Whole store={store} />}</Loaded>
      )}
    </DeskPage>
  );
}

function Whole({ store }: { readonly store: Store }) {
  const t = useTranslations("ops.store");
  const home = webAddressOf(store.homepage);
  return (
    <SplitView
      asideLabel={t("limits")}
      aside={
        <>
          <LimitsForm key={`limits ${store.updatedAt}`} store={store} />
          <PermissionForm key={`permission ${store.permission?.recordedAt ?? ""}`} store={store} />
        </>
      }
    >
      {!store.enabled && <Notice tone="warn">{t("sellsNot")}</Notice>}
      <Facts
        facts={[
          [t("number"), store.storeId],
          [t("currency"), store.currency],
          [
            t("homepage"),
            home === null ? null : (
              <a
                key="home"
                href={home}
                target="_blank"
                rel="noreferrer noopener"
                className="break-all underline decoration-edge underline-offset-4"
              >
                {home}
              </a>
            ),
          ],
          [
            t("told"),
            store.placement.method === "by_hand"
              ? t("toldByHand", { hours: store.placement.hoursMax ?? store.byHandHoursMax })
              : t("toldAtOnce"),
          ],
          [t("itsOrders"), <ItsOrders key="orders" store={store} />],
          [t("credentials"), <Credentials key="credentials" held={store.credentials} />],
          [t("changed"), <At key="changed" at={store.updatedAt} />],
        ]}
      />
      <Section title={t("tiers")}>
        {store.tiers.length === 0 ? (
          <p className="text-sm text-muted">{t("noTiers")}</p>
        ) : (
          <ol className="flex flex-col gap-3">
            {store.tiers.map((tier) => (
              <TierCard key={tier.position} store={store} tier={tier} />
            ))}
          </ol>
        )}
      </Section>
      <StoreAlerts storeId={store.storeId} />
    </SplitView>
  );
}

/** Where they are listed; what a seller of files sells is never in the queue. */
function ItsOrders({ store: { storeId, kind } }: { readonly store: Store }) {
  const t = useTranslations("ops.places");
  return (
    <span className="flex flex-wrap gap-x-4">
      <Link href={ordersHref({ q: null, status: null, store: storeId, page: 1 })}>{t("orders")}</Link>
      {kind === "retailer" && (
        <Link href={queueHref({ status: null, store: storeId, claimed: null, page: 1 })}>{t("queue")}</Link>
      )}
    </span>
  );
}

function Credentials({ held }: { readonly held: Store["credentials"] }) {
  const t = useTranslations("ops.store.held");
  const names = (["api", "headless", "webhookSecret"] as const).filter((name) => held[name]);
  return names.length === 0 ? t("none") : names.map((name) => t(name)).join(", ");
}
