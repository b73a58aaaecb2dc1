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
  const [price] = facets.prices;
  const canPrice = facets.prices.length === 1 && price?.currency === filteredCurrency;
  return (
    <div className="flex flex-col gap-9">
      <Departments {...props} />
      {(facets.stores.length > 1 || search.stores.length > 0) && facets.stores.length > 0 && (
        <Group title={t("store")}>
          <ul>
            {facets.stores.map(({ storeId, storeName, count }) => (
              <li key={storeId}>
                <FilterLink
                  href={searchHref(path, changed(search, { stores: toggled(search.stores, storeId) }))}
                  isOn={search.stores.includes(storeId)}
                  label={storeName}
                  count={count}
                />
              </li>
            ))}
          </ul>
        </Group>
      )}
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
      {(canPrice || search.min !== null || search.max !== null) && (
        <Group title={t("price")}>
          <PriceFilter
            path={path}
            carried={searchFields(changed(search, { min: null, max: null }))}
            min={search.min}
            max={search.max}
            cheapest={price?.minDisplay}
            dearest={price?.maxDisplay}
          />
        </Group>
      )}
    </div>
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
