import type { ProductFacets, ProductTile } from "@muse/contracts/catalog";
import { useLocale, useTranslations } from "next-intl";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { ButtonLink, Link } from "#web/ui/link.tsx";
import { Pagination } from "#web/ui/pagination.tsx";
import { ActiveFilters } from "./active-filters.tsx";
import { activeFilters } from "./active.ts";
import { FilterSheet } from "./filter-sheet.tsx";
import { Filters } from "./filters.tsx";
import { ProductGrid } from "./product-grid.tsx";
import { changed, nothingAsked, pageSize, searchHref, type Search } from "./search.ts";
import { SortChoice } from "./sort-choice.tsx";

export type ProductPage = {
  readonly products: readonly ProductTile[];
  readonly total: number;
  readonly correctedQuery: string | null;
  readonly facets: ProductFacets | null;
};

export type ResultsProps = {
  /** The page's own address, which every filter is added to. */
  readonly path: string;
  readonly search: Search;
  readonly list: ProductPage;
  /** All of it is of one store, so there is none to choose. */
  readonly isOfOneStore?: boolean;
};

const firstRow = 3;

/** Filters, what they leave, and the way through it. All of it is links and forms. */
export function Results({ path, search, list, isOfOneStore = false }: ResultsProps) {
  const t = useTranslations("catalog.browse");
  const { total, facets } = list;
  const active = activeFilters(search, facets, useLocale());
  const filters =
    facets === null ? null : (
      <Filters path={path} search={search} facets={isOfOneStore ? { ...facets, stores: [] } : facets} />
    );
  return (
    <div className="grid min-h-[85vh] content-start items-start gap-x-14 grid-cols-1 lg:grid-cols-[14rem_minmax(0,1fr)] xl:gap-x-18">
      {/* On a telephone a sheet shows them; before a script does, the link to them does. */}
      <aside id="filters" aria-labelledby="filters-title" className="pb-10 max-lg:hidden max-lg:target:block">
        <h2 id="filters-title" className="sr-only">
          {t("filters")}
        </h2>
        {filters}
      </aside>
      <section aria-labelledby="results" className="min-w-0">
        <h2 id="results" className="sr-only">
          {t("results")}
        </h2>
        <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-6 gap-y-3 pb-6">
          <p role="status" className="figures text-sm text-muted">
            {t("total", { count: total })}
          </p>
          <div className="flex items-center gap-3 max-sm:w-full max-sm:justify-between">
            <FilterSheet count={active.length} total={total}>
              {filters}
            </FilterSheet>
            <SortChoice path={path} search={search} />
          </div>
        </div>
        <ActiveFilters path={path} search={search} active={active} />
        <Corrected search={search} correctedQuery={list.correctedQuery} />
        <div className="transition-opacity [html:has([data-pending])_&]:opacity-50">
          <Found path={path} search={search} list={list} isFiltered={active.some(({ kind }) => kind !== "words")} />
        </div>
      </section>
    </div>
  );
}

function Corrected({ search, correctedQuery }: Pick<ProductPage, "correctedQuery"> & { readonly search: Search }) {
  const t = useTranslations("catalog.browse");
  if (correctedQuery === null) return null;
  return (
    <p className="pb-8">
      {t.rich("corrected", {
        typed: search.words,
        meant: correctedQuery,
        strong: (chunks) => <strong className="font-medium">{chunks}</strong>,
      })}
    </p>
  );
}

function Found({ path, search, list, isFiltered }: ResultsProps & { readonly isFiltered: boolean }) {
  const t = useTranslations("catalog.browse");
  const { products, total } = list;
  const hrefOf = (page: number): string => searchHref(path, changed(search, { page }));
  if (total === 0) {
    return (
      <EmptyState
        title={search.words === "" ? t("emptyTitle") : t("emptyFor", { words: search.words })}
        action={
          <>
            {isFiltered && search.words !== "" && (
              <ButtonLink href={searchHref(path, { ...nothingAsked, words: search.words })}>
                {t("clearFilters")}
              </ButtonLink>
            )}
            <ButtonLink href={path} variant="secondary">
              {t("showAll")}
            </ButtonLink>
          </>
        }
      >
        <p>{isFiltered ? t("emptyFiltered") : t("emptyWords")}</p>
      </EmptyState>
    );
  }
  if (products.length === 0) {
    return (
      <EmptyState title={t("pastTitle")}>
        <Link href={hrefOf(1)}>{t("toFirst")}</Link>
      </EmptyState>
    );
  }
  return (
    <>
      {hasCurrenciesApart(search, list) && <p className="pb-8 text-sm text-muted">{t("eachCurrency")}</p>}
      <ProductGrid products={products} firstCount={firstRow} />
      <div className="pt-14">
        <Pagination current={search.page} last={Math.ceil(total / pageSize)} hrefOf={hrefOf} />
      </div>
    </>
  );
}

/** By price, and of more than one currency: a limit leaves but one. */
function hasCurrenciesApart({ sort, min, max }: Search, { facets }: ProductPage): boolean {
  const isByPrice = sort === "price_asc" || sort === "price_desc";
  return isByPrice && min === null && max === null && facets !== null && facets.prices.length > 1;
}
