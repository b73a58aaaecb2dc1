import type { ZipPlace } from "@muse/contracts/address";
import type { Language } from "@muse/contracts/error";
import type { ProductDelivery } from "@muse/contracts/quote";
import { toWire, type Currency } from "#kernel/money.ts";
import type { Db } from "#platform/db/query.ts";
import { deliveryOf } from "./delivery.ts";
import { offerRead } from "./quote.sql.gen.ts";
import type { ShippingOption } from "./rules.ts";
import { today } from "./today.ts";

export type DeliveryWish = {
  readonly productId: string;
  /** Null: its cheapest. */
  readonly variantId: string | null;
  readonly quantity: number;
  readonly place: ZipPlace | null;
};

/** How a product would be delivered if it were ordered alone, today; null for one that is not sold. */
export async function productDelivery(
  db: Db,
  { productId, variantId, quantity, place }: DeliveryWish,
  language: Language,
): Promise<ProductDelivery | null> {
  const row = await offerRead(db, { productId, variantId });
  if (row === null) return null;
  const { storeId, storeName } = row;
  const currency = row.currency as Currency;
  const isInstant = row.kind === "digital";
  const isDelivered = isInstant || (place?.isServed ?? true);
  const { options, freeShipping } = deliveryOf(
    { storeId, storeName, currency, subtotalMinor: toWire(row.priceMinor) * quantity, units: quantity },
    isInstant || !isDelivered ? [] : (row.options as readonly ShippingOption[]),
    today(),
    language,
  );
  return { productId, storeId, storeName, currency, isInstant, place, isDelivered, options, freeShipping };
}
