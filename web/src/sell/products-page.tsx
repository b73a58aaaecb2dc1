"use client";

import type { SellerProduct } from "@muse/contracts/seller";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { DataTable, type Column } from "#web/ui/data-table.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { ButtonLink } from "#web/ui/link.tsx";
import { Pagination } from "#web/ui/pagination.tsx";
import { Badge } from "#web/ui/status.tsx";
import { useListTitle } from "./list-title.ts";
import { Loaded } from "./loaded.tsx";
import { productsPerPage, productsQuery } from "./sell-queries.ts";

/** Everything a seller works on and sells. */
export function ProductsPage({ page }: { readonly page: number }) {
  const t = useTranslations("sell.products");
  const query = useQuery(productsQuery(page, useLocale()));
  const title = useListTitle();
  const toNew = <ButtonLink href="/sell/products/new">{t("new")}</ButtonLink>;
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <h1 ref={title} tabIndex={-1} className="text-2xl font-medium">
          {t("title")}
        </h1>
        {toNew}
      </div>
      <Loaded query={query}>
        {({ products, totalProducts }) =>
          products.length === 0 ? (
            <EmptyState title={t("none")} />
          ) : (
            <>
              <Products products={products} />
              <Pagination
                current={page}
                last={Math.max(1, Math.ceil(totalProducts / productsPerPage))}
                hrefOf={(to) => (to === 1 ? "/sell/products" : `/sell/products?page=${to}`)}
              />
            </>
          )
        }
      </Loaded>
    </div>
  );
}

function Products({ products }: { readonly products: readonly SellerProduct[] }) {
  const t = useTranslations("sell.products");
  const columns: readonly Column<SellerProduct>[] = [
    { key: "title", title: t("name"), cell: ({ title }) => <span className="font-medium">{title}</span> },
    { key: "price", title: t("price"), align: "end", cell: ({ priceDisplay }) => priceDisplay },
    {
      key: "sold",
      title: t("sold"),
      align: "end",
      from: "sm",
      cell: ({ copiesSold, editionLimit }) =>
        editionLimit === null ? copiesSold : t("edition", { sold: copiesSold, limit: editionLimit }),
    },
    { key: "state", title: t("state"), cell: (product) => <State product={product} /> },
  ];
  return (
    <DataTable
      caption={t("title")}
      columns={columns}
      rows={products}
      keyOf={({ productId }) => productId}
      hrefOf={({ productId }) => `/sell/products/${productId}`}
    />
  );
}

/** Whether shoppers see it, and whether they see what stands here. */
export function State({ product: { status, hasUnpublishedChanges } }: { readonly product: SellerProduct }) {
  const t = useTranslations("sell.products");
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <Badge tone={status === "published" ? "good" : "neutral"}>{t(`states.${status}`)}</Badge>
      {hasUnpublishedChanges && <span className="text-xs text-muted">{t("changed")}</span>}
    </span>
  );
}
