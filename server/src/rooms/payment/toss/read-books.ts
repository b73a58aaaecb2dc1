import { assertNoTransaction } from "#platform/db/tx.ts";
import type { Db } from "#platform/db/query.ts";
import type { ProviderBooks, ProviderRecord } from "#rooms/ledger";
import { refundRefsKnown, tossPayments } from "../payment.sql.gen.ts";
import type { TossClient } from "./client.ts";
import { refundOfReason } from "./provider.ts";
import { koreanInstant, type TossTransactions } from "./transaction.ts";

/** Toss tells up to five thousand; a page is kept in one statement. */
const pageMax = 1_000;

/**
 * Toss's own books: every movement of won there. Its lines name neither our payments nor our refunds, so the order's
 * name leads to the payment, and the reason of a cancel that we do not know to the refund. It tells no fees here.
 *
 * @see https://docs.tosspayments.com/reference#거래-조회
 */
export function tossBooks(toss: TossClient, db: Db): ProviderBooks {
  return { provider: "toss", recordsOf: (span) => pagesOf({ toss, db }, span) };
}

type Reading = { readonly toss: TossClient; readonly db: Db };
type Transaction = TossTransactions[number];

async function* pagesOf(
  reading: Reading,
  span: { readonly fromAt: Date; readonly toAt: Date },
): AsyncIterable<readonly ProviderRecord[]> {
  let startingAfter: string | null = null;
  for (;;) {
    assertNoTransaction("payment provider");
    const listing = await reading.toss.listTransactions({ ...span, startingAfter, limit: pageMax });
    if (listing.kind === "refused") throw new TossBooksError(`toss tells no transactions: ${listing.error.code}`);
    const { transactions } = listing;
    yield await recordsOf(reading, transactions);
    startingAfter = transactions.at(-1)?.transactionKey ?? null;
    if (transactions.length < pageMax || startingAfter === null) return;
  }
}

/** The books could not be read to the end, so nothing is known of this time. */
class TossBooksError extends Error {
  override readonly name = "TossBooksError";
}

async function recordsOf(reading: Reading, transactions: TossTransactions): Promise<readonly ProviderRecord[]> {
  const charges = transactions.filter(({ status }) => status === "DONE");
  const cancels = transactions.filter(({ status }) => status === "CANCELED" || status === "PARTIAL_CANCELED");
  const payments = await tossPayments(reading.db, { orderIds: charges.map(({ orderId }) => orderId) });
  const paymentOf = new Map(payments.map(({ orderId, paymentId }) => [orderId, paymentId]));
  const refundOf = await refundsBehind(reading, cancels);
  return [
    ...charges.map((charge) => ({
      ...lineOf(charge, charge.amount),
      kind: "charge" as const,
      objectRef: charge.paymentKey,
      ownId: paymentOf.get(charge.orderId) ?? null,
    })),
    ...cancels.map((cancel) => ({
      // Out of our balance, whether it is written with its sign or not.
      ...lineOf(cancel, -Math.abs(cancel.amount)),
      kind: "refund" as const,
      objectRef: cancel.transactionKey,
      ownId: refundOf.get(cancel.transactionKey) ?? null,
    })),
  ];
}

function lineOf({ transactionKey, paymentKey, currency, transactionAt }: Transaction, amount: number) {
  return {
    recordId: transactionKey,
    paymentRef: paymentKey,
    amountMinor: BigInt(amount),
    feeMinor: 0n,
    currency,
    bookedAt: koreanInstant(transactionAt),
  };
}

/** Asks Toss about cancels that we do not know: whose answer was lost, or which somebody else made. They are few. */
async function refundsBehind({ toss, db }: Reading, cancels: readonly Transaction[]): Promise<Map<string, string>> {
  const known = await refundRefsKnown(db, { providerRefs: cancels.map(({ transactionKey }) => transactionKey) });
  const knownRefs = new Set(known.map(({ providerRef }) => providerRef));
  const unknown = cancels.filter(({ transactionKey }) => !knownRefs.has(transactionKey));
  const found = new Map<string, string>();
  for (const paymentKey of new Set(unknown.map((cancel) => cancel.paymentKey))) {
    const read = await toss.readPayment(paymentKey);
    if (read.kind === "refused") throw new TossBooksError(`toss tells nothing of a payment: ${read.error.code}`);
    for (const { transactionKey, cancelReason } of read.payment.cancels ?? []) {
      const refundId = refundOfReason(cancelReason);
      if (refundId !== null) found.set(transactionKey, refundId);
    }
  }
  return found;
}
