"use client";

import type { SellerFigures } from "@muse/contracts/seller";
import { sellerRanges } from "@muse/contracts/seller-choices";
import { useQuery } from "@tanstack/react-query";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import NextLink from "next/link";
import { Bars } from "#web/ui/bars.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { LineChart } from "#web/ui/line-chart.tsx";
import { ButtonLink } from "#web/ui/link.tsx";
import { Loaded } from "./loaded.tsx";
import { figuresQuery } from "./sell-queries.ts";

type Range = SellerFigures["range"];
type InCurrency = SellerFigures["currencies"][number];

/** What was sold, what of it is the seller's, over time and by product; each currency by itself. */
export function FiguresPage({ range }: { readonly range: Range }) {
  const t = useTranslations("sell.figures");
  const query = useQuery(figuresQuery(range, useLocale()));
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <h1 className="text-2xl font-medium">{t("title")}</h1>
        <Ranges current={range} />
      </div>
      <Loaded query={query}>
        {({ currencies, products }) =>
          currencies.length === 0 ? (
            <Nothing />
          ) : (
            <div className="flex flex-col gap-10">
              {currencies.map((each) => (
                <Currency key={each.currency} figures={each} />
              ))}
              <Best products={products} />
            </div>
          )
        }
      </Loaded>
    </div>
  );
}

function Ranges({ current }: { readonly current: Range }) {
  const t = useTranslations("sell.figures");
  return (
    <nav aria-label={t("range")} className="flex gap-5 text-sm">
      {sellerRanges.map((range) => (
        <NextLink
          key={range}
          href={range === "30d" ? "/sell" : `/sell?range=${range}`}
          aria-current={range === current ? "page" : undefined}
          className="inline-flex min-h-11 items-center text-muted underline-offset-4 hover:text-ink aria-[current=page]:text-ink aria-[current=page]:underline"
        >
          {t(`ranges.${range}`)}
        </NextLink>
      ))}
    </nav>
  );
}

function Nothing() {
  const t = useTranslations("sell.figures");
  return <EmptyState title={t("none")} action={<ButtonLink href="/sell/products/new">{t("first")}</ButtonLink>} />;
}

function Currency({ figures }: { readonly figures: InCurrency }) {
  const t = useTranslations("sell.figures");
  const format = useFormatter();
  const locale = useLocale();
  const { currency, buckets } = figures;
  const labels = buckets.map(({ at }) =>
    format.dateTime(new Date(at), { month: "short", day: "numeric", timeZone: "UTC" }),
  );
  const facts = [
    [t("due"), figures.netDisplay],
    [t("sold"), figures.grossDisplay],
    [t("fee"), figures.feeDisplay],
    [t("refunded"), figures.refundedDisplay],
    [t("count"), format.number(figures.sales)],
  ] as const;
  return (
    <section aria-label={currency} className="flex flex-col gap-4">
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded border border-line bg-line sm:grid-cols-3 lg:grid-cols-5">
        {facts.map(([name, value]) => (
          <div key={name} className="flex flex-col gap-1 bg-surface px-4 py-3.5 last:col-span-2 lg:last:col-span-1">
            <dt className="text-xs text-muted">{name}</dt>
            <dd className="figures text-xl font-medium">{value}</dd>
          </div>
        ))}
      </dl>
      <div className="grid gap-4 md:grid-cols-2">
        <LineChart
          title={t("chartNet", { currency })}
          labels={labels}
          format={(cents) => writeMoney(cents, currency, locale)}
          topLeast={currency === "USD" ? 1_000 : 10_000}
          lines={[
            { name: t("net"), values: buckets.map(({ netCents }) => netCents) },
            { name: t("gross"), values: buckets.map(({ grossCents }) => grossCents) },
          ]}
        />
        <LineChart
          title={t("chartSales", { currency })}
          labels={labels}
          format={(value) => format.number(value, { maximumFractionDigits: 1 })}
          topLeast={5}
          lines={[{ name: t("count"), values: buckets.map(({ sales }) => sales) }]}
        />
      </div>
    </section>
  );
}

/** Where the API formats nothing: the scale of a chart, in minor units. */
function writeMoney(cents: number, currency: string, locale: string): string {
  const written = new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "narrowSymbol" });
  return written.format(cents / 10 ** (written.resolvedOptions().maximumFractionDigits ?? 2));
}

function Best({ products }: Pick<SellerFigures, "products">) {
  const t = useTranslations("sell.figures");
  if (products.length === 0) return <p className="text-sm text-muted">{t("noSales")}</p>;
  const most = new Map<string, number>();
  for (const { currency, netCents } of products) most.set(currency, Math.max(most.get(currency) ?? 0, netCents));
  return (
    <section className="flex flex-col gap-4">
      <h2 className="text-lg font-medium">{t("best")}</h2>
      <div className="rounded border border-line bg-surface p-4">
        <Bars
          label={t("best")}
          bars={products.map(({ productId, title, currency, sales, downloads, netCents, netDisplay }) => ({
            key: `${productId} ${currency}`,
            label: (
              <>
                <NextLink href={`/sell/products/${productId}`} className="underline-offset-4 hover:underline">
                  {title}
                </NextLink>{" "}
                <span className="text-muted">{t("bestLine", { sales, downloads })}</span>
              </>
            ),
            share: netCents / Math.max(1, most.get(currency) ?? 0),
            text: netDisplay,
          }))}
        />
      </div>
    </section>
  );
}
