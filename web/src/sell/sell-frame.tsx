"use client";

import type { SellerView } from "@muse/contracts/seller";
import { useTranslations } from "next-intl";
import NextLink from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Notice } from "#web/ui/panel.tsx";
import { Badge } from "#web/ui/status.tsx";

const places = [
  { key: "figures", href: "/sell" },
  { key: "products", href: "/sell/products" },
  { key: "sales", href: "/sell/sales" },
  { key: "payouts", href: "/sell/payouts" },
  { key: "profile", href: "/sell/profile" },
] as const;

/** The way between a seller's pages, under the name they sell by. */
export function SellFrame({ seller, children }: { readonly seller: SellerView; readonly children: ReactNode }) {
  const t = useTranslations("sell");
  const pathname = usePathname();
  return (
    <main id="content" className="shell flex flex-col gap-8 py-10 sm:py-14">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <p className="text-lg font-medium">{seller.displayName}</p>
        <Badge tone={seller.verificationLevel === "unverified" ? "warn" : "good"}>
          {t(`level.${seller.verificationLevel}`)}
        </Badge>
      </header>
      <nav aria-label={t("nav.label")} className="flex gap-6 overflow-x-auto border-b border-line">
        {places.map(({ key, href }) => (
          <NextLink
            key={key}
            href={href}
            aria-current={isAt(pathname, href) ? "page" : undefined}
            className="-mb-px inline-flex min-h-11 items-center border-b-2 border-transparent text-sm whitespace-nowrap text-muted transition-colors hover:text-ink focus-visible:-outline-offset-2 aria-[current=page]:border-accent aria-[current=page]:text-ink"
          >
            {t(`nav.${key}`)}
          </NextLink>
        ))}
      </nav>
      {seller.suspendedReason !== null && (
        <Notice tone="bad">
          <p className="font-medium">{t("suspended")}</p>
          <p className="break-words whitespace-pre-wrap">{seller.suspendedReason}</p>
        </Notice>
      )}
      {children}
    </main>
  );
}

function isAt(pathname: string, href: string): boolean {
  return href === "/sell" ? pathname === href : pathname.startsWith(href);
}
