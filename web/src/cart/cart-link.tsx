"use client";

import { useQuery } from "@tanstack/react-query";
import { ShoppingBag } from "lucide-react";
import NextLink from "next/link";
import { useTranslations } from "next-intl";
import { cartSummaryQuery } from "./cart-query.ts";

/** The way to the cart, and how much is in it. */
export function CartLink({ className }: { readonly className?: string }) {
  const t = useTranslations("shell");
  const { data } = useQuery(cartSummaryQuery);
  const count = data?.summary.totalItemCount ?? 0;
  return (
    <NextLink href="/cart" className={className} title={t("cart")}>
      <ShoppingBag aria-hidden="true" strokeWidth={1.6} className="size-5.5" />
      <span className="sr-only">{t("cartCount", { count })}</span>
      {count > 0 && (
        <span
          aria-hidden="true"
          className="figures absolute top-1 right-0.5 grid h-4.5 min-w-4.5 place-items-center rounded-full bg-accent px-1 text-[0.6875rem] leading-none font-medium text-on-accent"
        >
          {count}
        </span>
      )}
    </NextLink>
  );
}
