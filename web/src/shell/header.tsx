import { UserRound } from "lucide-react";
import { getTranslations } from "next-intl/server";
import NextLink from "next/link";
import { Suspense } from "react";
import { CartLink, RestoreCart } from "#web/cart/index.ts";
import { HomeLink } from "./home-link.tsx";
import { LocaleSwitch } from "./locale-switch.tsx";
import { SearchBox } from "./search-box.tsx";

/** The top of every page but the checkout's. */
export async function Header() {
  const t = await getTranslations("shell");
  return (
    <header className="border-b border-line bg-paper">
      <div className="shell flex min-h-16 flex-wrap items-center gap-x-4 py-2 md:min-h-20 md:gap-x-8">
        <HomeLink label={t("home")} />
        <nav aria-label={t("main")} className="hidden gap-6 text-sm md:flex">
          <NextLink href="/browse" className={navLook}>
            {t("browse")}
          </NextLink>
          <NextLink href="/browse?sale=true" className={navLook}>
            {t("onSale")}
          </NextLink>
        </nav>
        <div className="order-last w-full pb-2 md:order-none md:ml-auto md:w-72 md:pb-0 lg:w-88">
          <Suspense fallback={<div className="h-11 rounded-full bg-sunken" />}>
            <SearchBox />
          </Suspense>
        </div>
        <div className="ml-auto flex items-center gap-1 md:ml-0">
          <LocaleSwitch className="mr-2 inline-flex h-11 items-center px-1.5" />
          <NextLink href="/account" className={iconLook} title={t("account")}>
            <UserRound aria-hidden="true" strokeWidth={1.6} className="size-5.5" />
            <span className="sr-only">{t("account")}</span>
          </NextLink>
          <CartLink className={iconLook} />
          <RestoreCart />
        </div>
      </div>
    </header>
  );
}

const navLook =
  "inline-flex min-h-11 items-center rounded text-ink underline-offset-[6px] hover:underline hover:decoration-1";

const iconLook = "relative grid size-11 place-items-center rounded-full text-ink transition-colors hover:bg-sunken";
