"use client";

import type { LibraryItem } from "@muse/contracts/library";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { ButtonLink } from "#web/ui/link.tsx";
import { LibraryEntry } from "./library-entry.tsx";
import { libraryQuery } from "./library-query.ts";

/** Everything somebody bought as files, newest first. */
export function LibraryPage({ initial }: { readonly initial: readonly LibraryItem[] }) {
  const t = useTranslations("library");
  const { data: items } = useQuery({ ...libraryQuery(useLocale()), initialData: initial });
  if (items.length === 0) {
    return (
      <EmptyState title={t("emptyTitle")} action={<ButtonLink href="/browse">{t("toShop")}</ButtonLink>}>
        <p>{t("emptyBody")}</p>
      </EmptyState>
    );
  }
  return (
    <ul className="flex flex-col gap-6">
      {items.map((item) => (
        <LibraryEntry key={item.museOrderNumber} item={item} />
      ))}
    </ul>
  );
}
