"use client";

import { useTranslations } from "next-intl";
import type { ApiError } from "#web/api/error.ts";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { ButtonLink } from "#web/ui/link.tsx";

/** Why one product cannot be bought, and where to go from there, by the API's code. */
const kinds = {
  already_purchased: { word: "owned", href: "/library" },
  self_purchase: { word: "own", href: "/sell/products" },
  product_unavailable: { word: "gone", href: "/browse" },
  product_not_found: { word: "gone", href: "/browse" },
  out_of_stock: { word: "soldOut", href: "/browse" },
} as const;

type ProductRefusedProps = { readonly error: ApiError; readonly productId: string };

/** One product that cannot be bought now; whatever else is in the cart has nothing to do with it. */
export function ProductRefused({ error, productId }: ProductRefusedProps) {
  const t = useTranslations("checkout.refused");
  const message = useErrorMessage();
  if (!isKnown(error.code)) {
    return (
      <EmptyState
        isPage
        title={t("otherTitle")}
        action={<ButtonLink href={`/products/${encodeURIComponent(productId)}`}>{t("otherWay")}</ButtonLink>}
      >
        <p role="alert">{message(error)}</p>
      </EmptyState>
    );
  }
  const { word, href } = kinds[error.code];
  return (
    <EmptyState isPage title={t(`${word}Title`)} action={<ButtonLink href={href}>{t(`${word}Way`)}</ButtonLink>}>
      <p role="alert">{t(`${word}Body`)}</p>
    </EmptyState>
  );
}

function isKnown(code: string): code is keyof typeof kinds {
  return Object.hasOwn(kinds, code);
}
