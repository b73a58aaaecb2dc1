"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { DataTable, type Column } from "#web/ui/data-table.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { Status } from "#web/ui/status.tsx";
import { useAskAgainMs } from "../frame/live.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { DeskPage } from "../parts/page.tsx";
import { useCode } from "../parts/use-code.ts";
import { useRows } from "../parts/use-rows.ts";
import { storesQuery } from "../queries.ts";
import { gateTones } from "./gate-tones.ts";
import { Share } from "./share.tsx";
import type { Store, Tier } from "./stores-query.ts";

/** Every store, and how its tiers stand at this moment. */
export function StoresPage() {
  const t = useTranslations("ops.stores");
  const refetchInterval = useAskAgainMs();
  const query = useQuery({ ...storesQuery(), refetchInterval });
  return (
    <DeskPage title={t("title")}>
      <Loaded query={query}>
        {({ stores }) => (stores.length === 0 ? <EmptyState title={t("empty")} /> : <Stores stores={stores} />)}
      </Loaded>
    </DeskPage>
  );
}

function Stores({ stores }: { readonly stores: readonly Store[] }) {
  const t = useTranslations("ops.stores");
  const columns = useColumns();
  const rows = useRows(
    "stores",
    stores.map(({ storeId }) => storeId),
  );
  return (
    <DataTable
      caption={t("title")}
      columns={columns}
      rows={stores}
      keyOf={({ storeId }) => storeId}
      hrefOf={({ storeId }) => `/ops/stores/${storeId}`}
      current={rows.current}
      onCurrent={rows.choose}
    />
  );
}

function useColumns(): readonly Column<Store>[] {
  const t = useTranslations("ops.stores");
  return [
    {
      key: "store",
      title: t("column.store"),
      cell: ({ name, storeId, currency }) => (
        <span className="flex flex-col gap-0.5">
          <span className="font-medium">{name}</span>
          <span className="text-xs text-muted">
            {storeId} · {currency}
          </span>
        </span>
      ),
    },
    {
      key: "sells",
      title: t("column.sells"),
      from: "sm",
      cell: ({ enabled }) => <Status tone={enabled ? "good" : "neutral"}>{t(enabled ? "sells" : "sellsNot")}</Status>,
    },
    {
      key: "tiers",
      title: t("column.tiers"),
      cell: ({ tiers }) =>
        tiers.length === 0 ? (
          <span className="text-muted">{t("noTiers")}</span>
        ) : (
          <span className="flex flex-col gap-1">
            {tiers.map((tier) => (
              <TierWord key={tier.position} tier={tier} />
            ))}
          </span>
        ),
    },
    {
      key: "day",
      title: t("column.day"),
      align: "end",
      from: "md",
      cell: ({ tiers }) => (
        <span className="flex flex-col gap-1">
          {tiers.map(({ position, method, health: { last24Hours } }) => (
            <span key={position}>{method === "manual" ? "–" : <Share of={last24Hours} />}</span>
          ))}
        </span>
      ),
    },
    {
      key: "waits",
      title: t("column.hours"),
      align: "end",
      from: "lg",
      cell: ({ byHandHoursMax }) => t("hours", { count: byHandHoursMax }),
    },
  ];
}

/** A tier in a word: what it is, and what stands in its way. */
function TierWord({ tier: { method, enabled, gate } }: { readonly tier: Tier }) {
  const t = useTranslations("ops.stores");
  const name = useCode("method");
  return (
    <span className="flex flex-wrap items-center gap-x-3">
      <span className="w-16">{name(method)}</span>
      {enabled ? (
        <Status tone={gateTones[gate.state]}>{t(`gate.${gate.state}`)}</Status>
      ) : (
        <Status>{t("gate.off")}</Status>
      )}
    </span>
  );
}
