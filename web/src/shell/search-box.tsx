"use client";

import { Search } from "lucide-react";
import { useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { cn } from "#web/ui/class-names.ts";

/** A form that goes to /browse?q=…: it works before any script does. */
export function SearchBox({ className }: { readonly className?: string }) {
  const t = useTranslations("shell");
  const router = useRouter();
  const asked = useSearchParams().get("q") ?? "";
  const search = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const q = new FormData(event.currentTarget).get("q");
    router.push(`/browse?${new URLSearchParams({ q: typeof q === "string" ? q : "" })}`);
  };
  return (
    <form action="/browse" role="search" onSubmit={search} className={cn("relative", className)}>
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 left-3.5 my-auto size-4 text-muted"
      />
      <input
        // Another question asked elsewhere on the page is shown here too.
        key={asked}
        type="search"
        name="q"
        defaultValue={asked}
        aria-label={t("search")}
        placeholder={t("search")}
        // Words are few; a link to a product, which the page takes too, is long.
        maxLength={2000}
        enterKeyHint="search"
        autoComplete="off"
        className="h-11 w-full rounded-full border border-transparent bg-sunken pr-4 pl-10 text-sm text-ink transition-colors placeholder:text-muted hover:border-line focus-visible:rounded-full focus-visible:border-focus focus-visible:bg-surface focus-visible:outline-1 focus-visible:outline-offset-0 [&::-webkit-search-cancel-button]:hidden"
      />
    </form>
  );
}
