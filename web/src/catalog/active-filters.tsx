import { X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import NextLink from "next/link";
import { PendingMark } from "./pending-mark.tsx";
import type { ActiveFilter } from "./active.ts";
import { filteredCurrency, nothingAsked, searchHref, type Search } from "./search.ts";

type ActiveFiltersProps = {
  readonly path: string;
  readonly search: Search;
  readonly active: readonly ActiveFilter[];
};

/** What is on, each to be taken off again. */
export function ActiveFilters({ path, search, active }: ActiveFiltersProps) {
  const t = useTranslations("catalog.browse");
  const nameOf = useFilterName(search);
  if (active.length === 0) return null;
  return (
    <ul
      aria-label={t("active")}
      className="flex flex-wrap items-center gap-2 pb-8 [html:has([data-pending])_&]:pointer-events-none"
    >
      {active.map((filter) => (
        <li key={filter.key}>
          <NextLink
            href={searchHref(path, filter.without)}
            scroll={false}
            prefetch={false}
            rel="nofollow"
            className="touch flex min-h-9 items-center gap-2 rounded-full border border-edge bg-surface pr-3 pl-4 text-sm transition-colors hover:bg-sunken focus-visible:rounded-full"
          >
            <span className="sr-only">{t("remove")} </span>
            {nameOf(filter)}
            <PendingMark className="text-muted">
              <X aria-hidden="true" className="size-3.5" />
            </PendingMark>
          </NextLink>
        </li>
      ))}
      {active.length > 1 && (
        <li>
          <NextLink
            href={searchHref(path, { ...nothingAsked, sort: search.sort })}
            scroll={false}
            prefetch={false}
            className="touch ml-2 text-sm text-muted underline underline-offset-4 hover:text-ink"
          >
            {t("clear")}
          </NextLink>
        </li>
      )}
    </ul>
  );
}

function useFilterName(search: Search): (filter: ActiveFilter) => string {
  const t = useTranslations("catalog.browse");
  const format = new Intl.NumberFormat(useLocale(), {
    style: "currency",
    currency: filteredCurrency,
    trailingZeroDisplay: "stripIfInteger",
  });
  const { min, max } = search;
  const price = (): string => {
    if (max === null) return t("priceFrom", { min: format.format(min ?? 0) });
    if (min === null) return t("priceTo", { max: format.format(max) });
    return format.formatRange(min, max);
  };
  return ({ kind, label }) => {
    if (kind === "words") return t("words", { words: label });
    if (kind === "sale") return t("onSale");
    return kind === "price" ? price() : label;
  };
}
