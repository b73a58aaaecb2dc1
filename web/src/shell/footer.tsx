import { cookies } from "next/headers";
import { getTranslations } from "next-intl/server";
import { QuietLink } from "#web/ui/link.tsx";
import { Wordmark } from "#web/ui/logo.tsx";
import { themeCookie, themeOf } from "#web/ui/theme.ts";
import { LocaleSwitch } from "./locale-switch.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";

const columns = [
  {
    title: "shop",
    links: [
      ["browse", "/browse"],
      ["onSale", "/browse?sale=true"],
      ["cart", "/cart"],
      ["sell", "/sell"],
    ],
  },
  {
    title: "yours",
    links: [
      ["orders", "/orders"],
      ["library", "/library"],
      ["account", "/account"],
      ["signIn", "/sign-in"],
      ["help", "/help"],
    ],
  },
  {
    title: "makers",
    links: [
      ["reference", "/api/docs"],
      ["design", "/design"],
    ],
  },
] as const;

/** The bottom of every page but the checkout's. */
export async function Footer() {
  const t = await getTranslations("shell");
  const theme = themeOf((await cookies()).get(themeCookie)?.value);
  return (
    <footer className="mt-24 border-t border-line">
      <div className="shell grid gap-10 py-14 grid-cols-1 sm:grid-cols-2 lg:grid-cols-[2fr_1fr_1fr_1fr]">
        <div className="flex flex-col gap-4">
          <Wordmark className="h-5.5 self-start" />
          <p className="max-w-80 text-sm text-muted">{t("footer.promise")}</p>
        </div>
        {columns.map(({ title, links }) => (
          <nav key={title} aria-label={t(title)} className="flex flex-col gap-3">
            <h2 className="text-sm font-medium">{t(title)}</h2>
            <ul className="flex flex-col gap-2 text-sm text-muted">
              {links.map(([name, href]) => (
                <li key={name}>
                  <QuietLink href={href} prefetch={false} className="inline-flex min-h-6 items-center hover:text-ink">
                    {t(name)}
                  </QuietLink>
                </li>
              ))}
            </ul>
          </nav>
        ))}
      </div>
      <div className="shell flex flex-wrap items-center justify-between gap-4 border-t border-line py-5">
        <p className="text-xs text-muted">{t("footer.seller")}</p>
        <div className="flex items-center gap-5">
          <LocaleSwitch className="min-h-8" />
          <ThemeSwitch initial={theme} />
        </div>
      </div>
    </footer>
  );
}
