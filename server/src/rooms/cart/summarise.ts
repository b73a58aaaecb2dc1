import { addressMessages } from "@muse/contracts/address";
import type { SummaryReply } from "@muse/contracts/cart";
import type { Language } from "@muse/contracts/error";
import type { z } from "zod";
import { systemClock } from "#kernel/clock.ts";
import type { Db } from "#platform/db/query.ts";
import { problem, type Problem } from "#platform/http/problem.ts";
import { estimate } from "#rooms/quote";
import { presentEstimate, presentSummary, quotableGroups, sumsOf } from "./present.ts";
import { readCart } from "./read-cart.ts";

export type Summarise = { readonly accountId: string | null; readonly zip: string | null; readonly language: Language };

/** The cart's sums, and with a ZIP code what shipping and tax would come to; the one place where two statements run. */
export async function summarise(
  db: Db,
  { accountId, zip, language }: Summarise,
): Promise<z.output<typeof SummaryReply> | Problem<"shipping_address_invalid">> {
  const { version, lines } = await readCart(db, accountId);
  const sums = sumsOf(lines);
  const summary = presentSummary(sums, language);
  const [total, second] = sums.totals;
  if (zip === null || total === undefined || second !== undefined) return { version, summary, estimate: null };

  const estimated = await estimate(db, { groups: quotableGroups(lines), zip, today: today() });
  switch (estimated.kind) {
    case "estimated":
      return { version, summary, estimate: presentEstimate(estimated, { zip, currency: total.currency, language }) };
    case "zip_unknown":
      return problem("shipping_address_invalid", { field: "zip", message: addressMessages.zip_unknown });
    case "store_does_not_ship":
      return { version, summary, estimate: null };
  }
}

/** In UTC: in America that is never a day too early. */
function today(): string {
  return systemClock.now().toISOString().slice(0, 10);
}
