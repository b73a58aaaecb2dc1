"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { cn } from "#web/ui/class-names.ts";
import { controlLook } from "#web/ui/field.tsx";
import { addressOf } from "../view.ts";
import { searchId } from "./desk-keys.tsx";
import { Key } from "./keys-help.tsx";

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
        <input
          id={searchId}
          type="search"
          name="q"
          maxLength={100}
          autoComplete="off"
          spellCheck={false}
          aria-label={t("search.label")}
          placeholder={t("search.placeholder")}
          className={cn(controlLook, "peer min-h-10 pr-11 text-sm")}
        />
        <span
          aria-hidden="true"
          className="pointer-events-none absolute inset-y-0 right-2.5 hidden items-center peer-focus:hidden lg:flex"
        >
          <Key>/</Key>
        </span>
      </form>
    </search>
  );
}
