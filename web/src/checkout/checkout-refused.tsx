"use client";

import { useTranslations } from "next-intl";
import { isApiError } from "#web/api/error.ts";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { ErrorState } from "#web/ui/error-state.tsx";
import { ButtonLink } from "#web/ui/link.tsx";
import { RefusedItems, refusedItems } from "./refused-items.tsx";

type CheckoutRefusedProps = { readonly error: unknown; readonly isRetrying: boolean; readonly onRetry: () => void };

/** The cart cannot be checked out as it is, and there is no form yet that could stay. */
export function CheckoutRefused({ error, isRetrying, onRetry }: CheckoutRefusedProps) {
  const t = useTranslations("checkout");
  if (isApiError(error, "cart_empty")) {
    return (
      <EmptyState isPage title={t("emptyTitle")} action={<ButtonLink href="/browse">{t("toShop")}</ButtonLink>}>
        <p>{t("emptyBody")}</p>
      </EmptyState>
    );
  }
  if (refusedItems(error).length === 0) {
    return <ErrorState isPage error={error} onRetry={onRetry} isRetrying={isRetrying} />;
  }
  return (
    <div className="flex max-w-2xl flex-col gap-6">
      <h1 className="text-2xl font-medium">{t("cannotTitle")}</h1>
      <RefusedItems error={error} session={undefined} changes={undefined} />
      <div>
        <ButtonLink href="/cart" variant="secondary">
          {t("toCart")}
        </ButtonLink>
      </div>
    </div>
  );
}
