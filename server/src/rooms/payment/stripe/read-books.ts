import type Stripe from "stripe";
import { fromWire } from "#kernel/money.ts";
import { assertNoTransaction } from "#platform/db/tx.ts";
import type { ProviderBooks, ProviderRecord } from "#rooms/ledger";

/** As many lines as Stripe tells in one page. */
const pageMax = 100;

/**
 * Stripe's own books: every movement of our balance there, with what it was for.
 *
 * @see https://docs.stripe.com/api/balance_transactions/list
 */
export function stripeBooks(stripe: Stripe): ProviderBooks {
  return { provider: "stripe", recordsOf: (span) => pagesOf(stripe, span) };
}

async function* pagesOf(
  stripe: Stripe,
  { fromAt, toAt }: { readonly fromAt: Date; readonly toAt: Date },
): AsyncIterable<readonly ProviderRecord[]> {
  const created = { gte: secondsOf(fromAt), lt: secondsOf(toAt) };
  let startingAfter: string | undefined;
  for (;;) {
    assertNoTransaction("payment provider");
    const page = await stripe.balanceTransactions.list({
      created,
      limit: pageMax,
      expand: ["data.source"],
      ...(startingAfter === undefined ? {} : { starting_after: startingAfter }),
    });
    yield page.data.map(recordOf);
    startingAfter = page.data.at(-1)?.id;
    if (!page.has_more || startingAfter === undefined) return;
  }
}

function recordOf(movement: Stripe.BalanceTransaction): ProviderRecord {
  const { source } = movement;
  const line = {
    recordId: movement.id,
    amountMinor: fromWire(movement.amount),
    feeMinor: fromWire(movement.fee),
    currency: movement.currency.toUpperCase(),
    bookedAt: new Date(movement.created * 1000),
  };
  const other = { ...line, kind: "other", paymentRef: null, objectRef: movement.id, ownId: null } as const;
  if (source === null || typeof source === "string") return other;
  switch (source.object) {
    case "charge":
      return { ...line, kind: "charge", ...namesOf(source), ownId: source.metadata["payment_id"] ?? null };
    case "refund": {
      const kind = movement.type === "refund_failure" ? "refund_failure" : "refund";
      return { ...line, kind, ...namesOf(source), ownId: source.metadata?.["refund_id"] ?? null };
    }
    case "dispute":
      return { ...line, kind: "dispute", ...namesOf(source), ownId: null };
    default:
      return other;
  }
}

function namesOf(source: Stripe.Charge | Stripe.Refund | Stripe.Dispute) {
  const intent = source.payment_intent ?? null;
  return { objectRef: source.id, paymentRef: typeof intent === "object" ? (intent?.id ?? null) : intent };
}

function secondsOf(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
