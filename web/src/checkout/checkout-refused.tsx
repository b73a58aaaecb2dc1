"use client";

import { useTranslations } from "next-intl";
import { isApiError } from "#web/api/error.ts";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { ErrorState, useErrorMessage } from "#web/ui/error-state.tsx";
import { ButtonLink } from "#web/ui/link.tsx";
import { RefusedItems, refusedItems } from "./refused-items.tsx";

type CheckoutRefusedProps = {
  readonly error: unknown;
  /** Bought beside the cart: there is nothing to take out of it. */
  readonly productId: string | null;
  readonly isRetrying: boolean;
  readonly onRetry: () => void;
};

/** The cart cannot be checked out as it is, and there is no form yet that could stay. */
export function CheckoutRefused({ error, productId, isRetrying, onRetry }: CheckoutRefusedProps) {
  const t = useTranslations("checkout");
  if (isApiError(error, "cart_empty")) {
    return (
      <EmptyState isPage title={t("emptyTitle")} action={<ButtonLink href="/browse">{t("toShop")}</ButtonLink>}>
        <p>{t("emptyBody")}</p>
      </EmptyState>
    );
  }
  if (productId !== null && isApiError(error) && error.status === 409) return <ProductRefused error={error} />;
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

/** One product that cannot be bought now; one that is owned already is in the library. */
function ProductRefused({ error }: { readonly error: unknown }) {
  const t = useTranslations("checkout");
  const message = useErrorMessage();
  const isOwned = isApiError(error, "already_purchased");
  return (
    <EmptyState
      isPage
      title={isOwned ? t("digital.ownedTitle") : t("digital.cannotTitle")}
      action={
        <ButtonLink href={isOwned ? "/library" : "/browse"}>
          {isOwned ? t("digital.toLibrary") : t("toShop")}
        </ButtonLink>
      }
    >
      <p role="alert">{message(error)}</p>
    </EmptyState>
  );
}
