import "@fontsource-variable/instrument-sans/wght.css";
import "#web/fonts/hangul-name.css";
import "./globals.css";
import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { QueryProvider } from "#web/api/query-provider.tsx";
import { webConfig } from "#web/config.ts";
import { latinFont } from "#web/fonts/latin-font.ts";
import { LocaleFont } from "#web/fonts/locale-font.tsx";
import { Words } from "#web/i18n/words.tsx";
import { OfflineBanner } from "#web/ui/offline-banner.tsx";
import { themeCookie, themeOf } from "#web/ui/theme.ts";
import { ToastProvider } from "#web/ui/toast.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell.meta");
  const locale = await getLocale();
  return {
    metadataBase: new URL(webConfig().appUrl),
    title: { default: t("title"), template: `%s — ${t("name")}` },
    description: t("description"),
    applicationName: t("name"),
    openGraph: { type: "website", siteName: t("name"), title: t("title"), description: t("description"), locale },
    twitter: { card: "summary_large_image" },
    formatDetection: { telephone: false, address: false, email: false },
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#faf8f4" },
    { media: "(prefers-color-scheme: dark)", color: "#151412" },
  ],
};

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const locale = await getLocale();
  const t = await getTranslations("shell");
  const theme = themeOf((await cookies()).get(themeCookie)?.value);
  return (
    <html lang={locale} className={latinFont.variable} data-theme={theme === "system" ? undefined : theme}>
      <body>
        <LocaleFont locale={locale} />
        <Words of={[]}>
          <QueryProvider>
            <ToastProvider>
              <a
                href="#content"
                className="absolute z-50 -translate-y-full rounded bg-accent px-4 py-3 text-sm text-on-accent focus:translate-y-2"
              >
                {t("skip")}
              </a>
              <OfflineBanner />
              {webConfig().isSandbox && (
                <aside aria-label={t("sandboxLabel")} className="bg-sunken px-4 py-1.5 text-center text-xs text-muted">
                  {t("sandbox")}
                </aside>
              )}
              {children}
            </ToastProvider>
          </QueryProvider>
        </Words>
      </body>
    </html>
  );
}
