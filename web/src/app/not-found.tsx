import { getTranslations } from "next-intl/server";
import { buttonLook } from "#web/ui/button-look.ts";
import { Wordmark } from "#web/ui/logo.tsx";

export { nothingHereMetadata as generateMetadata } from "#web/shell/nothing-here-metadata.ts";

/** The first two are there on a telephone, too. */
const ways = [
  ["browse", "/browse"],
  ["cart", "/cart"],
  ["onSale", "/browse?sale=true"],
  ["orders", "/orders"],
  ["help", "/help"],
] as const;

/**
 * An address that nobody has. Next makes this part of every page, so the shop's header, whose scripts would go with
 * each, is not around it, and its links are the browser's own.
 */
export default async function NotFound() {
  const t = await getTranslations("ui.notFound");
  const shell = await getTranslations("shell");
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="border-b border-line">
        <nav aria-label={shell("main")} className="shell flex min-h-16 flex-wrap items-center gap-x-6 py-2 md:min-h-20">
          <a href="/" aria-label={shell("home")} className="-m-2 mr-auto rounded p-2 text-ink">
            <Wordmark className="h-5.5 md:h-6" />
          </a>
          {ways.map(([name, href]) => (
            <a
              key={name}
              href={href}
              className="inline-flex min-h-11 items-center rounded text-sm underline-offset-[6px] hover:underline max-sm:nth-[n+4]:hidden"
            >
              {shell(name)}
            </a>
          ))}
        </nav>
      </header>
      <main id="content" className="shell flex grow flex-col items-start gap-5 py-24">
        <p className="figures text-sm text-muted">404</p>
        <h1 className="text-2xl font-medium">{t("title")}</h1>
        <p className="max-w-prose text-muted">{t("body")}</p>
        <div className="mt-3 flex flex-wrap gap-3">
          <a href="/browse" className={buttonLook({})}>
            {t("browse")}
          </a>
          <a href="/" className={buttonLook({ variant: "secondary" })}>
            {t("home")}
          </a>
        </div>
      </main>
      <footer className="shell border-t border-line py-5 text-xs text-muted">{shell("footer.seller")}</footer>
    </div>
  );
}
