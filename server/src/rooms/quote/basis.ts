import type { Db } from "#platform/db/query.ts";
import { basisRead, shippingOptionsPut } from "./quote.sql.gen.ts";
import type { ShippingOption } from "./rules.ts";

/** What `quoteGroups` needs of the database. The rate is null for a state whose taxes we do not hold. */
export type QuoteBasis = { readonly options: readonly ShippingOption[]; readonly taxRatePpm: number | null };

/** How these stores deliver and what a state's tax is, in one statement. */
export async function quoteBasis(db: Db, storeIds: readonly string[], state: string): Promise<QuoteBasis> {
  const { options, taxRatePpm } = await basisRead(db, { storeIds, state });
  return { options: options as readonly ShippingOption[], taxRatePpm };
}

/** Replaces how a store delivers, in the order in which its options are shown. */
export async function putShippingOptions(
  db: Db,
  storeId: string,
  options: readonly Omit<ShippingOption, "storeId">[],
): Promise<void> {
  await shippingOptionsPut(db, {
    storeId,
    options: options.map((option, position) => ({
      option_id: option.optionId,
      name: option.name,
      kind: option.kind,
      amount_minor: option.amountMinor,
      per_item_minor: option.perItemMinor,
      free_above_minor: option.freeAboveMinor,
      days_min: option.daysMin,
      days_max: option.daysMax,
      position,
    })),
  });
}
