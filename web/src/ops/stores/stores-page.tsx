"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#web/ui/button.tsx";
import { cn } from "#web/ui/class-names.ts";
import { DataTable, type Column } from "#web/ui/data-table.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { controlLook } from "#web/ui/field.tsx";
import { Pagination } from "#web/ui/pagination.tsx";
import { BareSelect } from "#web/ui/select.tsx";
import { Status } from "#web/ui/status.tsx";
import { useAskAgainMs } from "../frame/live.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { DeskPage } from "../parts/page.tsx";
import { useCode } from "../parts/use-code.ts";
import { useRows } from "../parts/use-rows.ts";
import { gateTones } from "./gate-tones.ts";
import { Share } from "./share.tsx";
import { storesPageSize, storesQuery, type Store, type Tier } from "./stores-query.ts";
import { storeKinds, storesHref, type StoresView } from "./stores-view.ts";

/** The stores, those that orders are placed with first, and how their tiers stand at this moment. */
export function StoresPage({ view }: { readonly view: StoresView }) {
  const t = useTranslations("ops.stores");
  const refetchInterval = useAskAgainMs();
  const query = useQuery({ ...storesQuery(view), refetchInterval });
  return (
    <DeskPage title={t("title")} tools={<Kinds view={view} />}>
      <Find key={view.query} view={view} />
      <Loaded query={query}>
        {({ stores, total }) => (
          <>
            {stores.length === 0 ? <EmptyState title={t("empty")} /> : <Stores stores={stores} />}
            <Pagination
              current={view.page}
              last={Math.ceil(total / storesPageSize)}
              hrefOf={(page) => storesHref({ ...view, page })}
            />
          </>
        )}
      </Loaded>
    </DeskPage>
  );
}

function Kinds({ view }: { readonly view: StoresView }) {
  const t = useTranslations("ops.stores");
  const router = useRouter();
  return (
    <BareSelect
      aria-label={t("whose")}
      value={view.kind ?? ""}
      onChange={({ target: { value } }) => {
        const kind = storeKinds.find((each) => each === value) ?? null;
        router.push(storesHref({ ...view, kind, page: 1 }));
      }}
      className="min-h-10"
      options={[
        { value: "", label: t("anyKind") },
        ...storeKinds.map((value) => ({ value, label: t(`kind.${value}`) })),
      ]}
    />
  );
}

function Find({ view }: { readonly view: StoresView }) {
  const t = useTranslations("ops.stores");
  const router = useRouter();
  const [text, setText] = useState(view.query ?? "");
  return (
    <form
      role="search"
      className="flex max-w-md items-center gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        router.push(storesHref({ ...view, query: text.trim() === "" ? null : text.trim(), page: 1 }));
      }}
    >
      <input
        type="search"
        name="query"
        aria-label={t("search")}
        placeholder={t("search")}
        value={text}
        maxLength={100}
        autoComplete="off"
        className={cn(controlLook, "min-h-10 grow py-0 text-sm")}
        onChange={({ currentTarget: { value } }) => setText(value)}
      />
      <Button type="submit" variant="secondary">
        {t("find")}
      </Button>
    </form>
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
