"use client";

import { useTranslations } from "next-intl";
import { Download } from "lucide-react";
import { buttonLook } from "#web/ui/button-look.ts";
import { ErrorState } from "#web/ui/error-state.tsx";
import { ButtonLink } from "#web/ui/link.tsx";
import { CheckoutSkeleton } from "./checkout-skeleton.tsx";
import { DigitalGoods } from "./digital-goods.tsx";
import { useOrder } from "./use-order.ts";

/** One digital product that was bought: it is there. */
export function OrderSuccessPage({ orderId }: { readonly orderId: string }) {
  const t = useTranslations("checkout");
  const { data: order, error, refetch, isFetching } = useOrder(orderId);
  if (order === undefined && error === null) return <CheckoutSkeleton />;
  if (order === undefined)
    return <ErrorState isPage error={error} onRetry={() => void refetch()} isRetrying={isFetching} />;
  const isThere = order.access.some(({ isActive }) => isActive);
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-8">
      <h1 className="text-2xl font-medium">{isThere ? t("digital.title") : t("digital.notThere")}</h1>
      {order.message !== null && <p className="text-muted">{order.message}</p>}
      <DigitalGoods orders={isThere ? [order] : []} />
      <div className="flex flex-wrap gap-3">
        <ButtonLink href="/library">{t("digital.toLibrary")}</ButtonLink>
        {order.receipts !== null && (
          <a href={order.receipts.checkoutPdf} className={buttonLook({ variant: "secondary" })} download>
            <Download aria-hidden="true" className="size-4" />
            {t("done.receipt")}
          </a>
        )}
      </div>
    </div>
  );
}
