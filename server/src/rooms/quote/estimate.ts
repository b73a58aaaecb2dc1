import type { Db } from "#platform/db/query.ts";
import { stateOfZip } from "#rooms/address";
import { quoteBasis } from "./basis.ts";
import { quoteGroups, type Quote, type QuoteGroup, type QuotedGroup, type ShippingOption } from "./rules.ts";

export type EstimateInput = { readonly groups: readonly QuoteGroup[]; readonly zip: string; readonly today: string };

export type Estimate =
  | {
      readonly kind: "estimated";
      readonly state: string;
      readonly quote: Quote;
      readonly options: readonly ShippingOption[];
      readonly stores: readonly (QuotedGroup & { readonly storeId: string })[];
    }
  /** No such ZIP code, or none that we deliver to. */
  | { readonly kind: "zip_unknown" }
  | { readonly kind: "store_does_not_ship"; readonly storeId: string };

/** What shipping and tax would come to at a ZIP code, with each store's cheapest option and the state's base rate. */
export async function estimate(db: Db, { groups, zip, today }: EstimateInput): Promise<Estimate> {
  const state = stateOfZip(zip);
  if (state === null) return { kind: "zip_unknown" };
  const { options, taxRatePpm } = await quoteBasis(db, [...new Set(groups.map(({ storeId }) => storeId))], state);
  if (taxRatePpm === null) return { kind: "zip_unknown" };
  const result = quoteGroups({ groups, options, chosen: {}, taxRatePpm, today });
  if (result.kind !== "quoted") return { kind: "store_does_not_ship", storeId: result.storeId };
  const { quote } = result;
  return {
    kind: "estimated",
    state,
    quote,
    options,
    stores: groups.flatMap(({ key, storeId }) => {
      const quoted = quote.groups[key];
      return quoted === undefined ? [] : [{ ...quoted, storeId }];
    }),
  };
}
