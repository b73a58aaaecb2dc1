"use client";

import type { Cart, CartStore } from "@muse/contracts/cart";
import type { StoreDelivery } from "@muse/contracts/quote";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { readZip } from "#web/address/zip.ts";
import { dateRange } from "#web/i18n/date-range.ts";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { ErrorState } from "#web/ui/error-state.tsx";
import { ButtonLink, QuietLink } from "#web/ui/link.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { AddByLink } from "./add-by-link.tsx";
import { CartLine } from "./cart-line.tsx";
import { deliveryQuery } from "./cart-query.ts";
import { CartSkeleton } from "./cart-skeleton.tsx";
import { CartTotals } from "./cart-totals.tsx";
import { useCart } from "./use-cart.ts";
import { useChangeItem, type ChangeItem } from "./use-change-item.ts";

/** Everything that is to be bought, store by store, with what it will come to before anybody is asked who they are. */
export function CartPage() {
  const t = useTranslations("cart");
  const { data: cart, error, refetch, isFetching } = useCart();
  if (cart === undefined && error === null) return <CartSkeleton />;
  if (cart === undefined) return <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />;
  if (cart.stores.length === 0) {
    return (
      <>
        <EmptyState title={t("emptyTitle")} action={<ButtonLink href="/browse">{t("toShop")}</ButtonLink>}>
          <p>{t("emptyBody")}</p>
        </EmptyState>
        <AddByLink className="max-w-2xl border-t border-line pt-10" />
      </>
    );
  }
  return <FullCart cart={cart} />;
}

function FullCart({ cart }: { readonly cart: Cart }) {
  const t = useTranslations("cart");
  const change = useChangeItem();
  const [zip, setZip] = useState(readZip);
  const delivery = useQuery(deliveryQuery(zip, cart.version));
  const { isMixedCurrency } = cart.summary;
  return (
    <div className="grid items-start gap-x-16 gap-y-10 grid-cols-1 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="flex min-w-0 flex-col gap-10">
        {isMixedCurrency && (
          <Notice role="alert" tone="warn">
            <p className="font-medium">{t("mixedCurrency")}</p>
            <p>{t("mixedHow")}</p>
          </Notice>
        )}
        {cart.stores.map((store) => (
          <StoreGroup
            key={`${store.storeId} ${store.kind}`}
            store={store}
            change={change}
            delivery={delivery.data?.delivery?.find(({ storeId }) => storeId === store.storeId)}
          />
        ))}
      </div>
      <div className="lg:row-span-2 lg:self-stretch">
        <CartTotals cart={cart} zip={zip} onZip={setZip} delivery={delivery} />
      </div>
      {/* On a telephone the way on comes first. */}
      <AddByLink className="min-w-0 border-t border-line pt-8" />
    </div>
  );
}

type StoreGroupProps = {
  readonly store: CartStore;
  readonly change: ChangeItem;
  readonly delivery: StoreDelivery | undefined;
};

function StoreGroup({ store, change, delivery }: StoreGroupProps) {
  const t = useTranslations("cart");
  const { storeId, storeName, kind, subtotalDisplay, items, itemCount } = store;
  return (
    // A seller has a shop for each currency, all of one name: the sum tells them apart.
    <section aria-labelledby={`store-${storeId} sum-${storeId}`}>
      <header className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 border-b border-line pb-3">
        <h2 id={`store-${storeId}`} className="text-lg font-medium">
          <QuietLink href={`/stores/${storeId}`}>{storeName}</QuietLink>{" "}
          <span className="text-sm font-normal text-muted">{t("items", { count: itemCount })}</span>
        </h2>
        <span id={`sum-${storeId}`} className="figures text-sm text-muted">
          {subtotalDisplay}
        </span>
      </header>
      <ul className="divide-y divide-line">
        {items.map((item) => (
          <CartLine key={item.itemId} item={item} isDigital={kind === "digital"} change={change} />
        ))}
      </ul>
      <DeliveryLine kind={kind} delivery={delivery} />
    </section>
  );
}

function DeliveryLine({ kind, delivery }: Pick<StoreGroupProps, "delivery"> & Pick<CartStore, "kind">) {
  const t = useTranslations("cart");
  const locale = useLocale();
  if (kind === "digital") return <p className="text-sm text-muted">{t("instant")}</p>;
  const first = delivery?.options[0];
  // Its place is kept while it is asked for.
  if (delivery === undefined || first === undefined) return <p className="min-h-6 text-sm">&nbsp;</p>;
  const { freeShipping } = delivery;
  return (
    <p className="flex min-h-6 flex-wrap gap-x-4 text-sm text-muted">
      <span>{t("arrives", { dates: dateRange(first.deliveryFrom, first.deliveryTo, locale) })}</span>
      {freeShipping !== null && (
        <span>
          {freeShipping.isReached ? t("freeReached") : t("freeMissing", { missing: freeShipping.missingDisplay })}
        </span>
      )}
    </p>
  );
}
