"use client";

import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { cn } from "#web/ui/class-names.ts";
import { controlLook } from "#web/ui/field.tsx";
import { addressOf } from "../view.ts";
import { searchId } from "./desk-keys.tsx";

/** Finds an order by any number that somebody may read out. */
export function DeskSearch() {
  const t = useTranslations("ops");
  const router = useRouter();
  return (
    <search>
      <form
        action="/ops/orders"
        onSubmit={(event) => {
          event.preventDefault();
          const text = new FormData(event.currentTarget).get("q");
          if (typeof text === "string" && text.trim() !== "") router.push(addressOf("/ops/orders", { q: text.trim() }));
        }}
        className="relative"
      >
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute inset-y-0 left-3 my-auto size-4 text-muted"
        />
        <input
          id={searchId}
          type="search"
          name="q"
          maxLength={100}
          autoComplete="off"
          spellCheck={false}
          aria-label={t("search.label")}
          placeholder={t("search.placeholder")}
          className={cn(controlLook, "min-h-10 pl-9 text-sm")}
        />
      </form>
    </search>
  );
}
