"use client";

import type { Library } from "@muse/contracts/library";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { ButtonLink } from "#web/ui/link.tsx";
import { Pagination } from "#web/ui/pagination.tsx";
import { LibraryEntry } from "./library-entry.tsx";
import { libraryQuery, pageSize } from "./library-query.ts";

type LibraryPageProps = { readonly page: number; readonly initial: Library };

/** Everything somebody bought as files, newest first. */
export function LibraryPage({ page, initial }: LibraryPageProps) {
  const t = useTranslations("library");
  const { items, totalItems } = useQuery(libraryQuery(page, useLocale(), initial)).data;
  if (items.length === 0) {
    return (
      <EmptyState title={t("emptyTitle")} action={<ButtonLink href="/browse">{t("toShop")}</ButtonLink>}>
        <p>{t("emptyBody")}</p>
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-10">
      <ul className="flex flex-col gap-6">
        {items.map((item) => (
          <LibraryEntry key={item.museOrderNumber} item={item} />
        ))}
      </ul>
      <Pagination
        current={page}
        last={Math.ceil(totalItems / pageSize)}
        hrefOf={(to) => (to === 1 ? "/library" : `/library?page=${to}`)}
      />
    </div>
  );
}
