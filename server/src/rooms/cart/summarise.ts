import { addressMessages } from "@muse/contracts/address";
import type { SummaryReply } from "@muse/contracts/cart";
import type { Language } from "@muse/contracts/error";
import type { StoreDelivery } from "@muse/contracts/quote";
import type { z } from "zod";
import type { Db } from "#platform/db/query.ts";
import { problem, type Problem } from "#platform/http/problem.ts";
import { deliveryOf, estimate, quoteBasis, today, type ShippingOption } from "#rooms/quote";
import { presentEstimate, presentSummary, quotableGroups, sumsOf } from "./present.ts";
import { readCart } from "./read-cart.ts";
import type { CartLine } from "./written.ts";

export type Summarise = {
  readonly accountId: string | null;
  readonly zip: string | null;
  /** Whether to say how each store delivers; with a ZIP code that is said anyway. */
  readonly hasDelivery: boolean;
  readonly language: Language;
};

type Summary = z.output<typeof SummaryReply>;

/**
 * The cart's sums; when asked, how its stores deliver, and with a ZIP code what shipping and tax would come to. Two
 * statements then, else one.
 */
export async function summarise(
  db: Db,
  { accountId, zip, hasDelivery, language }: Summarise,
): Promise<Summary | Problem<"shipping_address_invalid">> {
  const { version, lines } = await readCart(db, accountId);
  const sums = sumsOf(lines);
  const summary = presentSummary(sums, language);
  const plain = { version, summary, delivery: null, estimate: null };
  const [total, second] = sums.totals;
  const isMixed = second !== undefined;
  if ((zip === null && !hasDelivery) || total === undefined) return hasDelivery ? { ...plain, delivery: [] } : plain;

  const groups = quotableGroups(lines);
  const delivery = (options: readonly ShippingOption[]): StoreDelivery[] => deliveries(lines, options, language);
  const basis = () => quoteBasis(db, [...new Set(groups.map(({ storeId }) => storeId))], "");
  if (zip === null || isMixed) return { ...plain, delivery: delivery((await basis()).options) };

  const estimated = await estimate(db, { groups, zip, today: today() });
  switch (estimated.kind) {
    case "estimated":
      return {
        version,
        summary,
        delivery: delivery(estimated.options),
        estimate: presentEstimate(estimated, { zip, currency: total.currency, language }),
      };
    case "zip_unknown":
      return problem("shipping_address_invalid", { field: "zip", message: addressMessages.zip_unknown });
    case "store_does_not_ship":
      return { ...plain, delivery: delivery((await basis()).options) };
  }
}

/** Every store that sends parcels, in the cart's order. */
function deliveries(
  lines: readonly CartLine[],
  options: readonly ShippingOption[],
  language: Language,
): StoreDelivery[] {
  const sent = Map.groupBy(
    lines.filter(({ kind }) => kind === "physical"),
    ({ storeId }) => storeId,
  );
  return [...sent.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const { storeId, storeName, currency } = first;
    const units = own.reduce((sum, { quantity }) => sum + quantity, 0);
    const subtotalMinor = own.reduce((sum, { priceMinor, quantity }) => sum + priceMinor * quantity, 0);
    return [deliveryOf({ storeId, storeName, currency, subtotalMinor, units }, options, today(), language)];
  });
}
