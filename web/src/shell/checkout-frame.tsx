import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { HomeLink } from "./home-link.tsx";
import { LocaleSwitch } from "./locale-switch.tsx";

/**
 * A page of the checkout: the name and the language, and nothing that leads away. In a file of its own, as the scripts
 * of whatever a frame's file names are sent with each of its pages.
 */
export async function CheckoutFrame({ children }: { readonly children: ReactNode }) {
  const t = await getTranslations("shell");
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="border-b border-line">
        <div className="shell flex min-h-16 items-center justify-between gap-4">
          <HomeLink label={t("home")} prefetch={false} />
          <LocaleSwitch className="inline-flex h-11 items-center px-1.5" />
        </div>
      </header>
      <div className="grow">{children}</div>
      <footer className="shell border-t border-line py-5 text-xs text-muted">{t("footer.seller")}</footer>
    </div>
  );
}
