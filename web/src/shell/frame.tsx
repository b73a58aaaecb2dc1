import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Footer } from "./footer.tsx";
import { Header, HomeLink } from "./header.tsx";
import { LocaleSwitch } from "./locale-switch.tsx";

/**
 * A page of the shop: header and footer around it. The page brings its own `<main id="content">`. It has at least a
 * window to itself: whatever comes late or goes, the footer is never seen to move.
 */
export function ShopFrame({ children }: { readonly children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <Header />
      <div className="min-h-dvh grow">{children}</div>
      <Footer />
    </div>
  );
}

/** A page of the checkout: the name and the language, and nothing that leads away. */
export async function CheckoutFrame({ children }: { readonly children: ReactNode }) {
  const t = await getTranslations("shell");
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="border-b border-line">
        <div className="shell flex min-h-16 items-center justify-between gap-4">
          <HomeLink label={t("home")} />
          <LocaleSwitch className="inline-flex h-11 items-center px-1.5" />
        </div>
      </header>
      <div className="grow">{children}</div>
      <footer className="shell border-t border-line py-5 text-xs text-muted">{t("footer.seller")}</footer>
    </div>
  );
}
