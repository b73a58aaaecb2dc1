"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { Button } from "#web/ui/button.tsx";
import { BareSelect } from "#web/ui/select.tsx";
import { CarriedFields } from "./carried-fields.tsx";
import { changed, searchFields, searchHref, sorts, type Search } from "./search.ts";

type SortChoiceProps = { readonly path: string; readonly search: Search };

/** In which order. Chosen, it is shown at once; without a script a button asks for it. */
export function SortChoice({ path, search }: SortChoiceProps) {
  const t = useTranslations("catalog.browse");
  const router = useRouter();
  const [isPending, start] = useTransition();
  const options = sorts.map((sort) => ({
    value: sort,
    label: sort === "relevance" && search.words === "" ? t("sorts.title") : t(`sorts.${sort}`),
  }));
  return (
    <form action={path} className="flex items-center gap-2" data-pending={isPending || undefined}>
      <CarriedFields fields={searchFields(changed(search, { sort: "relevance" }))} />
      <BareSelect
        key={search.sort}
        name="sort"
        aria-label={t("sort")}
        defaultValue={search.sort}
        options={options}
        onChange={({ currentTarget: { value } }) => {
          const sort = sorts.find((each) => each === value) ?? "relevance";
          start(() => router.push(searchHref(path, changed(search, { sort })), { scroll: false }));
        }}
      />
      <noscript>
        <Button type="submit" variant="secondary">
          {t("apply")}
        </Button>
      </noscript>
    </form>
  );
}
