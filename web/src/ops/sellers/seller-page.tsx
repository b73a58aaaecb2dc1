"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { isApiError } from "#web/api/error.ts";
import { Breadcrumbs } from "#web/ui/breadcrumbs.tsx";
import { DataTable, type Column } from "#web/ui/data-table.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { Link } from "#web/ui/link.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { Status } from "#web/ui/status.tsx";
import { useAskAgainMs } from "../frame/live.tsx";
import { useOperator } from "../frame/operator.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { DeskPage, Facts, Section } from "../parts/page.tsx";
import { At } from "../parts/when.tsx";
import { LevelBadge } from "./level-badge.tsx";
import { PayoutsTable } from "./payouts-table.tsx";
import { PrepareForm } from "./prepare-form.tsx";
import { Sales } from "./sellers-page.tsx";
import { sellerQuery, type Seller } from "./sellers-query.ts";
import { StandingTable } from "./standing-table.tsx";
import { SuspendForm } from "./suspend-form.tsx";
import { VerifyForm } from "./verify-form.tsx";

/** One seller: who they are, what they sell, what is owed to them, and what the house decides about them. */
export function SellerPage({ sellerId }: { readonly sellerId: string }) {
  const t = useTranslations("sellers");
  const refetchInterval = useAskAgainMs();
  const query = useQuery({ ...sellerQuery(sellerId, useLocale()), refetchInterval });
  const isMissing = isApiError(query.error, "seller_not_found") && query.data === undefined;
  const name = query.data?.displayName ?? sellerId;
  return (
    <DeskPage
      title={
        <span className="flex flex-col gap-1">
          <span className="text-base font-normal">
            <Breadcrumbs crumbs={[{ label: t("title"), href: "/ops/sellers" }, { label: sellerId }]} />
          </span>
          <span>{name}</span>
        </span>
      }
    >
      {isMissing ? (
        <EmptyState title={t("missing")} />
      ) : (
        <Loaded query={query}>{(seller) => <Whole seller={seller} />}</Loaded>
      )}
    </DeskPage>
  );
}

function Whole({ seller }: { readonly seller: Seller }) {
  const t = useTranslations("sellers");
  const { accountId } = useOperator();
  const isOwn = accountId === seller.sellerId;
  return (
    <div className="grid items-start gap-8 xl:grid-cols-[minmax(0,1fr)_24rem]">
      <div className="flex min-w-0 flex-col gap-8">
        <Who seller={seller} />
        <Section title={t("standing.title")}>
          <StandingTable standing={seller.standing} />
        </Section>
        <Section title={t("payout.title")}>
          <p className="text-sm text-muted">{t("payout.lead")}</p>
          {seller.payouts.length === 0 ? (
            <p className="text-sm text-muted">{t("payout.none")}</p>
          ) : (
            <PayoutsTable payouts={seller.payouts} isOfOne />
          )}
        </Section>
        <Section title={t("catalogue")}>
          <Catalogue products={seller.catalogue} isInShop={seller.suspendedAt === null} />
        </Section>
      </div>
      <div className="flex min-w-0 flex-col gap-5">
        {isOwn ? (
          <Notice>{t("own")}</Notice>
        ) : (
          <>
            {seller.standing.map((standing) => (
              <PrepareForm key={standing.currency} seller={seller} standing={standing} />
            ))}
            <VerifyForm key={seller.verificationLevel} seller={seller} />
            <SuspendForm key={String(seller.suspendedAt)} seller={seller} />
          </>
        )}
      </div>
    </div>
  );
}

function Who({ seller }: { readonly seller: Seller }) {
  const t = useTranslations("sellers");
  const { sellerId, suspendedAt, suspendedReason } = seller;
  return (
    <Section title={t("facts")}>
      <Facts
        facts={[
          [
            t("column.level"),
            <LevelBadge key="level" level={seller.verificationLevel} isSuspended={suspendedAt !== null} />,
          ],
          [t("suspendedSince"), suspendedAt === null ? null : <At key="since" at={suspendedAt} isExact />],
          [t("suspendedBecause"), suspendedReason],
          [t("about"), seller.about],
          [
            t("accepted"),
            <span key="accepted" className="flex flex-wrap gap-x-3">
              {t("version", { version: seller.contractVersion })}
              <At at={seller.contractAcceptedAt} />
            </span>,
          ],
          [t("column.sales"), <Sales key="sales" sales={seller.sales} />],
          [
            t("trail"),
            <Link key="trail" href={`/ops/audit?subject=${encodeURIComponent(sellerId)}`}>
              {t("toTrail")}
            </Link>,
          ],
        ]}
      />
    </Section>
  );
}

type Product = Seller["catalogue"][number];

const tones = { draft: "neutral", published: "good", withdrawn: "warn" } as const;

type CatalogueProps = { readonly products: readonly Product[]; readonly isInShop: boolean };

function Catalogue({ products, isInShop }: CatalogueProps) {
  const t = useTranslations("sellers");
  if (products.length === 0) return <p className="text-sm text-muted">{t("noProducts")}</p>;
  const columns: readonly Column<Product>[] = [
    {
      key: "title",
      title: t("catalogue"),
      cell: ({ title, productId, status }) =>
        status === "published" && isInShop ? (
          <Link href={`/products/${productId}`} prefetch={false}>
            {title}
          </Link>
        ) : (
          title
        ),
    },
    {
      key: "state",
      title: t("column.state"),
      cell: ({ status }) => <Status tone={tones[status]}>{t(`productState.${status}`)}</Status>,
    },
    { key: "price", title: t("column.price"), align: "end", cell: ({ priceDisplay }) => priceDisplay },
  ];
  return <DataTable caption={t("catalogue")} columns={columns} rows={products} keyOf={({ productId }) => productId} />;
}
