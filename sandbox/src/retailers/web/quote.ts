import { must } from "#core/assert.ts";
import type { Product, Variant } from "../goods.ts";
import { driftedCents, sumsOf, type Sums } from "../order.ts";
import type { ShippingOption } from "../stores.ts";
import { salesTaxBpOf } from "./sales-tax.ts";
import type { Shop } from "./shop.ts";
import type { Visit } from "./shop-session.ts";

export type QuoteLine = {
  readonly product: Product;
  readonly variant: Variant;
  readonly quantity: number;
  readonly priceCents: number;
  readonly lineCents: number;
  /** What is left of it on the shelf. */
  readonly stock: number;
};

export type Quote = Sums & {
  readonly lines: readonly QuoteLine[];
  readonly units: number;
  readonly subtotalCents: number;
  readonly discountBp: number;
  readonly taxBp: number;
  /** The chosen delivery, or the first that there is. */
  readonly option: ShippingOption;
};

/** What a visitor's cart comes to at this moment; before there is an address no tax is known, and none is added. */
export function quoteOf(shop: Shop, visit: Visit, discountBp = 0): Quote {
  const lines = visit.cart.flatMap((line) => lineOf(shop, line.sku, line.quantity, visit.driftPercent));
  const subtotalCents = lines.reduce((sum, line) => sum + line.lineCents, 0);
  const units = lines.reduce((sum, line) => sum + line.quantity, 0);
  const option = optionOf(shop, visit.shippingOptionId);
  const taxBp = visit.shipTo === null ? 0 : salesTaxBpOf(visit.shipTo.state);
  const sums = sumsOf({ option, subtotalCents, units, discountBp, taxBp });
  return { lines, units, subtotalCents, discountBp, taxBp, option, ...sums };
}

/** The same cart with each of the shop's deliveries, for the page where one is chosen. */
export function deliveriesOf(shop: Shop, quote: Quote): readonly { option: ShippingOption; cents: number }[] {
  const { subtotalCents, units, discountBp, taxBp } = quote;
  return shop.store.shippingOptions.map((option) => ({
    option,
    cents: sumsOf({ option, subtotalCents, units, discountBp, taxBp }).shippingCents,
  }));
}

function lineOf(shop: Shop, sku: string, quantity: number, driftPercent: number): readonly QuoteLine[] {
  const found = shop.retail.shelf.findVariant(shop.slug, sku);
  const item = shop.retail.shelf.look(shop.slug, sku);
  if (found === undefined || item === undefined) return [];
  const priceCents = driftedCents(item.priceCents, driftPercent);
  return [{ ...found, quantity, priceCents, lineCents: priceCents * quantity, stock: item.stock }];
}

function optionOf(shop: Shop, id: string | null): ShippingOption {
  const options = shop.store.shippingOptions;
  return options.find((option) => option.id === id) ?? must(options[0], "every store ships");
}
