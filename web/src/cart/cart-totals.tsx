"use client";

import type { Cart, CartStore } from "@muse/contracts/cart";
import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { isZip, keepZip } from "#web/address/zip.ts";
import { Button } from "#web/ui/button.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { ButtonLink } from "#web/ui/link.tsx";
import { Panel } from "#web/ui/panel.tsx";
import { TextField } from "#web/ui/text-field.tsx";
import { useFields } from "#web/ui/use-fields.ts";
import type { Delivery } from "./cart-query.ts";
import { CheckoutLink } from "./checkout-link.tsx";

type CartTotalsProps = {
  readonly cart: Cart;
  readonly zip: string | null;
  readonly onZip: (zip: string) => void;
  readonly delivery: UseQueryResult<Delivery>;
};

/** What it comes to, as far as it can be known, and the way on. */
export function CartTotals(props: CartTotalsProps) {
  const t = useTranslations("cart");
  const { summary, stores } = props.cart;
  // Two currencies are two payments, of which nothing is estimated before one of them is chosen.
  const isEstimated = !summary.isMixedCurrency && stores.some(({ kind }) => kind === "physical");
  return (
    <Panel aria-label={t("summary")} className="sticky top-6 flex flex-col gap-6 p-6 sm:p-6">
      <Sums {...props} isEstimated={isEstimated} />
      {isEstimated && <ZipForm {...props} />}
      {summary.isMixedCurrency ? (
        <OneByOne cart={props.cart} />
      ) : isBlocked(stores) ? (
        <p className="text-sm text-warn">{t("blocked")}</p>
      ) : (
        <CheckoutLink />
      )}
      <p className="text-xs text-muted">{t("guest")}</p>
    </Panel>
  );
}

function isBlocked(stores: readonly CartStore[]): boolean {
  return stores.some(({ items }) => items.some(({ available }) => !available));
}

/** Two currencies are two payments: each has its own way on, and nothing has to be taken out. */
function OneByOne({ cart: { summary, stores } }: Pick<CartTotalsProps, "cart">) {
  const t = useTranslations("cart");
  const inOrder = summary.totals.map(({ currency }) => ({
    currency,
    isStopped: isBlocked(stores.filter((store) => store.currency === currency)),
  }));
  return (
    <div className="flex flex-col gap-3">
      {inOrder.map(
        ({ currency, isStopped }) =>
          !isStopped && (
            <ButtonLink key={currency} href={`/checkout?currency=${currency}`} variant="secondary" size="lg" isWide>
              {t(currency === "KRW" ? "checkoutIn.KRW" : "checkoutIn.USD")}
            </ButtonLink>
          ),
      )}
      {inOrder.some(({ isStopped }) => isStopped) && <p className="text-sm text-warn">{t("blocked")}</p>}
    </div>
  );
}

function Sums({ cart: { summary }, delivery, isEstimated }: CartTotalsProps & { readonly isEstimated: boolean }) {
  const t = useTranslations("cart");
  const estimate = delivery.data?.estimate ?? null;
  return (
    <dl className="figures flex flex-col gap-2 text-sm" aria-live="polite">
      {summary.totals.map(({ currency, subtotalDisplay, itemCount }) => (
        <Line key={currency} name={t("subtotal", { count: itemCount })} value={subtotalDisplay} />
      ))}
      {isEstimated && <ByZip estimate={estimate} />}
      {!summary.isMixedCurrency && (
        <Total
          name={t(!isEstimated ? "total" : estimate === null ? "totalSoFar" : "estimatedTotal")}
          value={estimate?.totalDisplay ?? summary.subtotalDisplay}
        />
      )}
    </dl>
  );
}

function ByZip({ estimate }: Pick<Delivery, "estimate">) {
  const t = useTranslations("cart");
  return (
    <>
      <Line name={t("shipping")} value={estimate?.shippingDisplay ?? t("byZip")} />
      <Line name={t("tax")} value={estimate?.taxDisplay ?? t("byZip")} />
    </>
  );
}

function Total({ name, value }: { readonly name: string; readonly value: string | null }) {
  return (
    <div className="mt-2 flex items-baseline justify-between gap-4 border-t border-line pt-4 text-lg font-medium">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Line({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className="flex items-baseline justify-between gap-4">
      <dt className="text-muted">{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function ZipForm({ zip, onZip, delivery }: Omit<CartTotalsProps, "cart">) {
  const t = useTranslations("cart");
  const message = useErrorMessage();
  const fields = useFields({
    zip: { initial: zip ?? "", check: (value) => (isZip(value.trim()) ? undefined : t("zipFormat")) },
  });
  // What stands in for an answer that is on its way was given for another question.
  const isAnswered = zip !== null && delivery.data !== undefined && !delivery.isPlaceholderData;
  const isUnknown = isAnswered && delivery.data.estimate === null;
  const error = fields.of("zip").error ?? (delivery.error === null ? undefined : message(delivery.error));
  return (
    <form
      noValidate
      className="flex items-start gap-3"
      onSubmit={fields.submit((written) => {
        const typed = written.zip.trim();
        if (typed === zip) {
          void delivery.refetch();
          return;
        }
        keepZip(typed);
        onZip(typed);
      })}
    >
      <TextField
        {...fields.of("zip")}
        error={error ?? (isUnknown ? t("zipUnknown") : undefined)}
        label={t("zip")}
        hint={t("zipHint")}
        inputMode="numeric"
        autoComplete="postal-code"
        maxLength={5}
        className="grow"
      />
      <Button type="submit" variant="secondary" isBusy={delivery.isFetching} className="mt-7.5 min-h-12">
        {t("estimate")}
      </Button>
    </form>
  );
}
