"use client";

import { useTranslations } from "next-intl";
import { isApiError } from "#web/api/error.ts";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { ErrorState } from "#web/ui/error-state.tsx";
import { ButtonLink } from "#web/ui/link.tsx";
import { ProductRefused } from "./product-refused.tsx";
import { RefusedItems, refusedItems } from "./refused-items.tsx";
import { formPath, paidIn, type Wish } from "./wish.ts";

type CheckoutRefusedProps = {
  readonly error: unknown;
  /** Of one product there is nothing to take out. */
  readonly wish: Wish;
  readonly isRetrying: boolean;
  readonly onRetry: () => void;
};

/** What is wanted cannot be checked out as it is, and there is no form yet that could stay. */
export function CheckoutRefused({ error, wish, isRetrying, onRetry }: CheckoutRefusedProps) {
  const t = useTranslations("checkout");
  if (isApiError(error, "cart_empty")) {
    return (
      <EmptyState isPage title={t("emptyTitle")} action={<ButtonLink href="/browse">{t("toShop")}</ButtonLink>}>
        <p>{t("emptyBody")}</p>
      </EmptyState>
    );
  }
  if (wish.of === "product" && isApiError(error) && (error.status === 409 || error.status === 404)) {
    return <ProductRefused error={error} productId={wish.productId} />;
  }
  if (refusedItems(error).length === 0) {
    return <ErrorState isPage error={error} onRetry={onRetry} isRetrying={isRetrying} />;
  }
  return (
    <div className="flex max-w-2xl flex-col gap-6">
      <h1 className="text-2xl font-medium">{t("cannotTitle")}</h1>
      <RefusedItems error={error} session={undefined} changes={undefined} />
      <div className="flex flex-wrap gap-3">
        {isApiError(error, "mixed_currency") && <OneCurrency />}
        {isApiError(error, "already_purchased") && <ButtonLink href="/library">{t("digital.toLibrary")}</ButtonLink>}
        <ButtonLink href="/cart" variant="secondary">
          {t("toCart")}
        </ButtonLink>
      </div>
    </div>
  );
}

/** One currency now, and the other afterwards: nothing has to be taken out for it. */
function OneCurrency() {
  const t = useTranslations("checkout");
  return paidIn.map((currency) => (
    <ButtonLink key={currency} href={formPath({ of: "currency", currency })} variant="secondary">
      {t(`only.${currency}`)}
    </ButtonLink>
  ));
}
