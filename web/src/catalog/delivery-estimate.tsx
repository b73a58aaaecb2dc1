"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useZip } from "#web/address/zip.ts";
import { dateRange } from "#web/i18n/date-range.ts";
import { deliveryQuery, type Delivery } from "./delivery-query.ts";
import { DeliveryZip } from "./delivery-zip.tsx";

type DeliveryEstimateProps = {
  /** Without a ZIP code: it is there from the first drawing, so that nothing moves. */
  readonly initial: Delivery;
  readonly variantId: string | null;
  readonly quantity: number;
};

/** When it would be there and what that costs, if nothing else were bought. */
export function DeliveryEstimate({ initial, variantId, quantity }: DeliveryEstimateProps) {
  const t = useTranslations("catalog.delivery");
  const zip = useZip();
  const { productId } = initial;
  const isAsInitial = zip === null && variantId === null && quantity === 1;
  const { data, error, isFetching, refetch } = useQuery({
    ...deliveryQuery({ productId, variantId, quantity, zip }),
    enabled: !isAsInitial,
    // The last answer stays while the next one comes: nothing jumps.
    placeholderData: (before: Delivery | undefined) => before ?? initial,
  });
  const delivery = data ?? initial;
  if (delivery.isInstant) return <p className="border-y border-line py-5 text-sm">{t("instant")}</p>;
  return (
    <section aria-labelledby="delivery" className="flex flex-col gap-4 border-y border-line py-6">
      <h2 id="delivery" className="text-sm font-medium">
        {t("title")}
      </h2>
      <Offers delivery={delivery} />
      <DeliveryZip
        zip={zip}
        place={delivery.place}
        error={error}
        isAsking={isFetching}
        onAgain={() => void refetch()}
      />
    </section>
  );
}

function Offers({ delivery }: { readonly delivery: Delivery }) {
  const t = useTranslations("catalog.delivery");
  const locale = useLocale();
  const { options, freeShipping, storeName, isDelivered, place } = delivery;
  if (!isDelivered) {
    return (
      <p role="status" className="rounded bg-warn-soft px-4 py-3 text-sm text-warn">
        {t("notThere", { store: storeName, place: place?.stateName ?? "" })}
      </p>
    );
  }
  return (
    <div aria-live="polite" className="flex flex-col gap-3">
      <ul className="flex flex-col gap-2 text-sm">
        {options.map(({ optionId, name, deliveryFrom, deliveryTo, shippingCents, shippingDisplay }) => (
          <li key={optionId} className="flex items-baseline justify-between gap-4">
            <span className="flex flex-col">
              <span>{t("arrives", { dates: dateRange(deliveryFrom, deliveryTo, locale) })}</span>
              <span className="text-xs text-muted">{name}</span>
            </span>
            <span className="figures">{shippingCents === 0 ? t("free") : shippingDisplay}</span>
          </li>
        ))}
      </ul>
      {freeShipping !== null && !freeShipping.isReached && (
        <p className="text-xs text-muted">
          {t("freeMissing", { missing: freeShipping.missingDisplay, store: storeName })}
        </p>
      )}
    </div>
  );
}
