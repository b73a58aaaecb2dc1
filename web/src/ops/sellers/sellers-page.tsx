"use client";

import { sellerStates } from "@muse/contracts/ops-seller";
import { verificationLevels } from "@muse/contracts/seller";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#web/ui/button.tsx";
import { cn } from "#web/ui/class-names.ts";
import { DataTable, type Column } from "#web/ui/data-table.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { controlLook } from "#web/ui/field.tsx";
import { Pagination } from "#web/ui/pagination.tsx";
import { BareSelect } from "#web/ui/select.tsx";
import { useAskAgainMs } from "../frame/live.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { DeskPage } from "../parts/page.tsx";
import { useRows } from "../parts/use-rows.ts";
import { LevelBadge } from "./level-badge.tsx";
import { sellersPageSize, sellersQuery, type SellerLine } from "./sellers-query.ts";
import { sellersHref, type SellersView } from "./sellers-view.ts";

/** Everybody who sells: how well they are known, what they agreed to, what they have and sold. */
export function SellersPage({ view }: { readonly view: SellersView }) {
  const t = useTranslations("sellers");
  const refetchInterval = useAskAgainMs();
  const query = useQuery({ ...sellersQuery(view, useLocale()), refetchInterval });
  return (
    <DeskPage title={t("title")} tools={<Filters view={view} />}>
      <Find key={view.query} view={view} />
      <Loaded query={query}>
        {({ sellers, total }) => (
          <>
            {sellers.length === 0 ? <EmptyState title={t("empty")} /> : <List sellers={sellers} />}
            <Pagination
              current={view.page}
              last={Math.ceil(total / sellersPageSize)}
              hrefOf={(page) => sellersHref({ ...view, page })}
            />
          </>
        )}
      </Loaded>
    </DeskPage>
  );
}

function Filters({ view }: { readonly view: SellersView }) {
  const t = useTranslations("sellers");
  const router = useRouter();
  const show = (change: Partial<SellersView>): void => router.push(sellersHref({ ...view, ...change, page: 1 }));
  return (
    <>
      <BareSelect
        aria-label={t("column.level")}
        value={view.level ?? ""}
        onChange={({ target: { value } }) => show({ level: verificationLevels.find((each) => each === value) ?? null })}
        className="min-h-10"
        options={[
          { value: "", label: t("anyLevel") },
          ...verificationLevels.map((value) => ({ value, label: t(`level.${value}`) })),
        ]}
      />
      <BareSelect
        aria-label={t("column.state")}
        value={view.state ?? ""}
        onChange={({ target: { value } }) => show({ state: sellerStates.find((each) => each === value) ?? null })}
        className="min-h-10"
        options={[
          { value: "", label: t("anyState") },
          ...sellerStates.map((value) => ({ value, label: t(`state.${value}`) })),
        ]}
      />
    </>
  );
}

function Find({ view }: { readonly view: SellersView }) {
  const t = useTranslations("sellers");
  const router = useRouter();
  const [text, setText] = useState(view.query ?? "");
  return (
    <form
      role="search"
      className="flex max-w-md items-center gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        router.push(sellersHref({ ...view, query: text.trim() === "" ? null : text.trim(), page: 1 }));
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

function List({ sellers }: { readonly sellers: readonly SellerLine[] }) {
  const t = useTranslations("sellers");
  const columns = useColumns();
  const rows = useRows(
    "sellers",
    sellers.map(({ sellerId }) => sellerId),
  );
  return (
    <DataTable
      caption={t("title")}
      columns={columns}
      rows={sellers}
      keyOf={({ sellerId }) => sellerId}
      hrefOf={({ sellerId }) => `/ops/sellers/${sellerId}`}
      current={rows.current}
      onCurrent={rows.choose}
    />
  );
}

function useColumns(): readonly Column<SellerLine>[] {
  const t = useTranslations("sellers");
  return [
    {
      key: "seller",
      title: t("column.seller"),
      cell: ({ displayName, sellerId }) => (
        <span className="flex min-w-0 flex-col gap-0.5">
          <span className="font-medium">{displayName}</span>
          <span className="text-xs break-all text-muted">{sellerId}</span>
        </span>
      ),
    },
    {
      key: "level",
      title: t("column.level"),
      cell: ({ verificationLevel, suspendedAt }) => (
        <LevelBadge level={verificationLevel} isSuspended={suspendedAt !== null} />
      ),
    },
    {
      key: "products",
      title: t("column.products"),
      from: "md",
      cell: ({ productsPublished, products }) => t("published", { published: productsPublished, products }),
    },
    {
      key: "sales",
      title: t("column.sales"),
      align: "end",
      from: "sm",
      cell: ({ sales }) => <Sales sales={sales} />,
    },
    { key: "contract", title: t("column.contract"), from: "lg", cell: ({ contractVersion }) => contractVersion },
  ];
}

/** What was sold and what of it is the seller's, a line for each currency. */
export function Sales({ sales }: Pick<SellerLine, "sales">) {
  const t = useTranslations("sellers");
  if (sales.length === 0) return <span className="text-muted">{t("noSales")}</span>;
  return (
    <span className="flex flex-col gap-0.5">
      {sales.map(({ currency, count, netDisplay }) => (
        <span key={currency}>{t("sold", { count, net: netDisplay })}</span>
      ))}
    </span>
  );
}
