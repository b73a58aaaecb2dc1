import { NextIntlClientProvider } from "next-intl";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { pick, type Namespace } from "./messages.ts";

/**
 * Gives the browser the words of the named surfaces, besides those every page has. A surface's layout wraps its pages
 * in it; server components need nothing.
 */
export async function Words({ of, children }: { readonly of: readonly Namespace[]; readonly children: ReactNode }) {
  const locale = await getLocale();
  return (
    <NextIntlClientProvider locale={locale} messages={pick(locale, of)}>
      {children}
    </NextIntlClientProvider>
  );
}
