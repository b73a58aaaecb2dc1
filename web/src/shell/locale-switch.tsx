"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import { useTransition } from "react";
import { choiceLastsS, localeCookie, locales, type Locale } from "#web/i18n/locale.ts";
import { cn } from "#web/ui/class-names.ts";
import { keepChoice } from "#web/ui/keep-choice.ts";

const names: Readonly<Record<Locale, string>> = { en: "English", ko: "한국어" };

/** Changes the language where one is: same address, same half-filled form. */
export function LocaleSwitch({ className }: { readonly className?: string }) {
  const current = useLocale();
  const router = useRouter();
  const queries = useQueryClient();
  const [isChanging, start] = useTransition();
  const choose = (locale: Locale): void => {
    keepChoice(localeCookie, locale, choiceLastsS);
    // What is read anew asks for the page's language (api/browser.ts), before the page itself has come in it.
    document.documentElement.lang = locale;
    start(() => {
      router.refresh();
      // Amounts and messages come formatted for a reader; they are read again in the new language.
      void queries.invalidateQueries();
    });
  };
  return locales
    .filter((locale) => locale !== current)
    .map((locale) => (
      <button
        key={locale}
        type="button"
        lang={locale}
        disabled={isChanging}
        onClick={() => choose(locale)}
        className={cn("touch rounded text-sm text-muted transition-colors hover:text-ink", className)}
      >
        {names[locale]}
      </button>
    ));
}
