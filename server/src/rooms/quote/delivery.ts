import type { StoreDelivery } from "@muse/contracts/quote";
import { deliveryName } from "@muse/contracts/delivery-name";
import type { Language } from "@muse/contracts/error";
import { formatMinor, type Currency } from "#kernel/money.ts";
import { addBusinessDays, shippingOf, type ShippingOption } from "./rules.ts";

/** Goods that one store would send together. */
export type Parcel = {
  readonly storeId: string;
  readonly storeName: string;
  readonly currency: Currency;
  readonly subtotalMinor: number;
  readonly units: number;
};

/**
 * How a store would deliver these goods if they were ordered today, and what is missing until it does so for nothing.
 *
 * @param options of that store, or of several
 * @param today `2026-11-21`
 */
export function deliveryOf(
  { storeId, storeName, currency, subtotalMinor, units }: Parcel,
  options: readonly ShippingOption[],
  today: string,
  language: Language,
): StoreDelivery {
  const own = options.filter((option) => option.storeId === storeId);
  const shown = (minor: number): string => formatMinor(BigInt(minor), currency, language);
  const free = own.reduce<ShippingOption | null>(
    (best, option) =>
      option.freeAboveMinor !== null && (best === null || option.freeAboveMinor < aboveOf(best)) ? option : best,
    null,
  );
  return {
    storeId,
    storeName,
    currency,
    options: own.map((option) => {
      const shippingMinor = shippingOf(option, subtotalMinor, units);
      return {
        optionId: option.optionId,
        name: deliveryName(option.name, language),
        shippingCents: shippingMinor,
        shippingDisplay: shown(shippingMinor),
        deliveryFrom: addBusinessDays(today, option.daysMin),
        deliveryTo: addBusinessDays(today, option.daysMax),
      };
    }),
    freeShipping: free === null ? null : freeShippingOf(free, subtotalMinor, shown, language),
  };
}

function freeShippingOf(
  option: ShippingOption,
  subtotalMinor: number,
  shown: (minor: number) => string,
  language: Language,
): NonNullable<StoreDelivery["freeShipping"]> {
  const aboveMinor = aboveOf(option);
  const missingMinor = Math.max(0, aboveMinor - subtotalMinor);
  return {
    optionId: option.optionId,
    optionName: deliveryName(option.name, language),
    aboveCents: aboveMinor,
    aboveDisplay: shown(aboveMinor),
    missingCents: missingMinor,
    missingDisplay: shown(missingMinor),
    isReached: missingMinor === 0,
  };
}

function aboveOf({ freeAboveMinor }: ShippingOption): number {
  return freeAboveMinor ?? Number.MAX_SAFE_INTEGER;
}
