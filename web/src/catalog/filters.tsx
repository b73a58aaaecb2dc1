import type { ProductFacets } from "@muse/contracts/catalog";
import { departmentOf, type Department } from "@muse/contracts/category";
import { useTranslations } from "next-intl";
import { useId, type ReactNode } from "react";
import { FilterLink } from "./filter-link.tsx";
import { PriceFilter } from "./price-filter.tsx";
import { changed, filteredCurrency, searchFields, searchHref, toggled, type Search } from "./search.ts";

export type FiltersProps = { readonly path: string; readonly search: Search; readonly facets: ProductFacets };

/** What can be narrowed down, each with what it would leave. */
export function Filters(props: FiltersProps) {
  const { facets, search, path } = props;
  const t = useTranslations("catalog.browse");
  return (
    // Each link adds to what the page shows now: pressed before that has changed, it would take the last one back.
    <div className="flex flex-col gap-9 [html:has([data-pending])_&]:pointer-events-none">
      <Departments {...props} />
      <Stores {...props} />
      {(facets.onSaleCount > 0 || search.isOnSale) && (
        <Group title={t("offers")}>
          <FilterLink
            href={searchHref(path, changed(search, { isOnSale: !search.isOnSale }))}
            isOn={search.isOnSale}
            label={t("onSale")}
            count={facets.onSaleCount}
          />
        </Group>
      )}
      <Prices {...props} />
    </div>
  );
}

/** Any of them. One alone is no choice, unless it was made. */
function Stores({ path, search, facets: { stores } }: FiltersProps) {
  const t = useTranslations("catalog.browse");
  // A seller has a shop for each currency, all of one name.
  const isTwice = (name: string): boolean => stores.filter(({ storeName }) => storeName === name).length > 1;
  if (stores.length === 0 || (stores.length === 1 && search.stores.length === 0)) return null;
  return (
    <Group title={t("store")}>
      <ul>
        {stores.map(({ storeId, storeName, currency, count }) => (
          <li key={storeId}>
            <FilterLink
              href={searchHref(path, changed(search, { stores: toggled(search.stores, storeId) }))}
              isOn={search.stores.includes(storeId)}
              label={isTwice(storeName) ? t("storeIn", { store: storeName, currency }) : storeName}
              count={count}
            />
          </li>
        ))}
      </ul>
    </Group>
  );
}

/** Offered where there is anything in the currency that a limit is in; a limit leaves out what is in another. */
function Prices({ path, search, facets: { prices } }: FiltersProps) {
  const t = useTranslations("catalog.browse");
  const { min, max } = search;
  const price = prices.find(({ currency }) => currency === filteredCurrency);
  if (price === undefined && min === null && max === null) return null;
  return (
    <Group title={t("price")}>
      <PriceFilter
        path={path}
        carried={searchFields(changed(search, { min: null, max: null }))}
        min={min}
        max={max}
        cheapest={price?.minDisplay}
        dearest={price?.maxDisplay}
      />
    </Group>
  );
}

/** One department at a time; inside it any of its categories. */
function Departments({ path, search, facets }: FiltersProps) {
  const t = useTranslations("catalog.browse");
  const [firstCategory] = search.categories;
  const chosen = search.department ?? (firstCategory === undefined ? null : departmentOf(firstCategory));
  // Where there is but one, it stands open.
  const [only, second] = facets.departments;
  const open = chosen ?? (only !== undefined && second === undefined ? only.department : null);
  const inside = facets.categories.filter(({ department }) => department === open && open !== null);
  const hrefOf = (department: Department | null): string =>
    searchHref(path, changed(search, { department, categories: [] }));
  if (facets.departments.length === 0) return null;
  return (
    <Group title={t("department")}>
      <ul>
        <li>
          <FilterLink kind="one" href={hrefOf(null)} isOn={chosen === null} label={t("allDepartments")} />
        </li>
        {facets.departments.map(({ department, label, count }) => (
          <li key={department}>
            <FilterLink kind="one" href={hrefOf(department)} isOn={chosen === department} label={label} count={count} />
            {open === department && inside.length > 1 && (
              <ul
                aria-label={t("categoriesOf", { department: label })}
                className="mb-2 ml-1.5 border-l border-line pl-3.5"
              >
                {inside.map((each) => (
                  <li key={each.category}>
                    <FilterLink
                      href={searchHref(
                        path,
                        changed(search, { department, categories: toggled(search.categories, each.category) }),
                      )}
                      isOn={search.categories.includes(each.category)}
                      label={each.label}
                      count={each.count}
                    />
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </Group>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id} className="flex flex-col gap-2">
      <h3 id={id} className="text-sm font-medium">
        {title}
      </h3>
      {children}
    </div>
  );
}
