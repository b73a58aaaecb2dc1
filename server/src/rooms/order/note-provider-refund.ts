import { assert, must } from "#kernel/assert.ts";
import { allocate, toWire } from "#kernel/money.ts";
import type { Db } from "#platform/db/query.ts";
import type { Pool } from "#platform/db/pool.ts";
import { tx, type Tx } from "#platform/db/tx.ts";
import type { Log } from "#platform/log/log.ts";
import type { ProviderRefund } from "#rooms/payment";
import {
  itemShares,
  paymentHold,
  paymentOfRef,
  refundByProvider,
  refundOpen,
  refundOpenWhole,
  refundsAsking,
  refundsOwed,
  refundsOfRef,
  sessionOrdersHold,
  type PaymentOfRefRow,
  type RefundsOwedRow,
  type SessionOrdersHoldRow,
} from "./order.sql.gen.ts";
import { planRefund } from "./plan-refund.ts";
import { settleRefund } from "./refund-job.ts";

type NoteRefundDeps = {
  readonly db: Pool;
  readonly log: Log;
  /** The ops room's door: people of the house are told in their own trail. */
  readonly audit: (
    db: Db,
    entry: {
      readonly accountId: string;
      readonly role: string;
      readonly action: string;
      readonly subject: string;
      readonly detail: { readonly refundRef: string; readonly amountCents: number; readonly currency: string };
    },
  ) => Promise<void>;
  /** The placement room's door: what went back whole before it was ordered is not ordered any more. */
  readonly cancelOrder: (db: Db, orderNumber: string, reason: string) => Promise<unknown>;
};

/**
 * `above_rest`: more than is left of the payment by our books, as a refund of ours is still in the air; asked again, it
 * fits, or somebody has to look.
 */
export type NotedRefund = "noted" | "known" | "ours" | "unknown_payment" | "above_rest";

/** Why money went back, as orders tell it. */
const reason = "given_back_at_provider";

/**
 * Records what was given back at the provider past Muse: by hand, in its dashboard. Known by the provider's own name
 * for it, so noting it twice, late or out of order changes nothing. Refunds of ours that wait for an account are what
 * it paid first, and those of ours that failed or got no answer; the rest is the order's that it names, or goes by all
 * orders' shares (docs/decisions/0086).
 */
export async function noteProviderRefund(deps: NoteRefundDeps, refund: ProviderRefund): Promise<NotedRefund> {
  const { db, log, cancelOrder } = deps;
  const { noted, idle } = await tx(db, "order.note_refund", async (open) => await note(open, deps, refund));
  if (noted === "noted") {
    const { amountMinor, currency } = refund;
    log.warn("refund.at_provider", { amountMinor, currency });
  }
  // After the commit, and again at every hearing: a wish to cancel that was lost with its worker is made again.
  for (const orderNumber of idle) await cancelOrder(db, orderNumber, reason);
  return noted;
}

type Note = { readonly noted: NotedRefund; readonly idle: readonly string[] };

async function note(open: Tx, deps: NoteRefundDeps, refund: ProviderRefund): Promise<Note> {
  const { provider, paymentRef, refundRef, ownId, status, failureCode } = refund;
  const payment = await paymentOfRef(open, { provider, providerRef: paymentRef });
  if (payment === null || payment.currency !== refund.currency) return { noted: "unknown_payment", idle: [] };
  // Lock order: orders by number, payment, refund.
  const orders = await sessionOrdersHold(open, { sessionId: payment.sessionId });
  const { leftMinor } = await paymentHold(open, { paymentId: payment.paymentId });

  const known = await refundsOfRef(open, { paymentId: payment.paymentId, providerRef: refundRef, ownId });
  if (known.some(({ source }) => source === "muse")) return { noted: "ours", idle: [] };
  if (known.length > 0) {
    let changes = 0;
    for (const { refundId, status: before } of known) {
      if (before === status) continue;
      if (await settleRefund(open, { refundId, kind: status, providerRef: refundRef, failureCode })) changes += 1;
    }
    return { noted: changes > 0 ? "noted" : "known", idle: idleOf(orders) };
  }
  if (status === "failed") return { noted: "known", idle: [] };

  const plan = await planOf(open, { payment, orders, leftMinor }, refund);
  if (plan === null) return { noted: "above_rest", idle: [] };
  for (const part of plan) await record(open, deps, refund, part);
  return { noted: "noted", idle: idleOf(await sessionOrdersHold(open, { sessionId: payment.sessionId })) };
}

/** Paid back whole before anybody has ordered it. */
function idleOf(orders: readonly SessionOrdersHoldRow[]): string[] {
  return orders
    .filter(({ status, totalMinor, refundedMinor, isCancelling }) => {
      return status === "pending" && refundedMinor === totalMinor && !isCancelling;
    })
    .map(({ orderNumber }) => orderNumber);
}

type Held = {
  readonly payment: PaymentOfRefRow;
  readonly orders: readonly SessionOrdersHoldRow[];
  readonly leftMinor: bigint;
};

/** What of it is for a refund that waits, or else for which order. */
type Part =
  | {
      readonly kind: "waiting";
      readonly refundId: string;
      readonly orderNumber: string | null;
      readonly amountMinor: bigint;
    }
  | { readonly kind: "order"; readonly order: SessionOrdersHoldRow; readonly amountMinor: bigint }
  /** In the place of one of ours that failed; without an order it was of the whole payment, which came too late. */
  | ({ readonly kind: "owed"; readonly paymentId: string } & RefundsOwedRow);

/** Null: it is more than our books say is left. */
async function planOf(open: Tx, held: Held, refund: ProviderRefund): Promise<Part[] | null> {
  const { paymentId } = held.payment;
  let { amountMinor } = refund;
  const isFor = forOrder(held.orders, refund);
  const asking = await refundsAsking(open, { paymentId });
  const waiting = asking.filter((each) => !each.isUnanswered || isFor(each));
  // The one of just this amount before one that failed, and before those that are merely older.
  const exact = waiting.find((each) => each.amountMinor === amountMinor);
  if (exact !== undefined) return [{ kind: "waiting", ...exact }];
  const owed = (await refundsOwed(open, { paymentId, amountMinor })).find(isFor);
  if (owed !== undefined && amountMinor <= held.leftMinor) return [{ kind: "owed", paymentId, ...owed }];
  const parts: Part[] = [];
  for (const each of waiting) {
    if (each.amountMinor > amountMinor) continue;
    parts.push({ kind: "waiting", ...each });
    amountMinor -= each.amountMinor;
  }
  const shares = sharesOf(held, refund, amountMinor);
  return shares === null ? null : [...parts, ...shares];
}

/** Who gives back by hand may name an order of the payment, and then means no other one's refund. */
function forOrder(
  orders: Held["orders"],
  refund: ProviderRefund,
): (each: { readonly orderNumber: string | null }) => boolean {
  const isNamed = orders.some(({ orderNumber }) => orderNumber === refund.orderNumber);
  return ({ orderNumber }) => !isNamed || orderNumber === null || orderNumber === refund.orderNumber;
}

/** What no refund of ours stands for: the named order's, or all orders' by their shares. */
function sharesOf({ orders, leftMinor }: Held, refund: ProviderRefund, amountMinor: bigint): Part[] | null {
  if (amountMinor === 0n) return [];
  const rests = orders.map((order) => ({ order, restMinor: order.totalMinor - order.refundedMinor }));
  const owing = rests.filter(({ order, restMinor }) => order.paymentStatus !== "unpaid" && restMinor > 0n);
  const restMinor = owing.reduce((sum, each) => sum + each.restMinor, 0n);
  if (amountMinor > leftMinor || amountMinor > restMinor) return null;
  const named = owing.find(
    ({ order, restMinor: rest }) => order.orderNumber === refund.orderNumber && rest >= amountMinor,
  );
  if (named !== undefined) return [{ kind: "order", order: named.order, amountMinor }];
  const parts: Part[] = [];
  const shares = allocate(
    amountMinor,
    owing.map((each) => each.restMinor),
  );
  for (const [index, { order }] of owing.entries()) {
    const share = must(shares[index], "an order has its share");
    if (share > 0n) parts.push({ kind: "order", order, amountMinor: share });
  }
  return parts;
}

async function record(open: Tx, { audit }: NoteRefundDeps, refund: ProviderRefund, part: Part): Promise<void> {
  const { provider, refundRef, status, failureCode, currency } = refund;
  const { amountMinor } = part;
  const refundId = await openedFor(open, refundRef, part);
  await refundByProvider(open, { refundId, providerRef: refundRef });
  const isSettled = await settleRefund(open, { refundId, kind: status, providerRef: refundRef, failureCode });
  assert(isSettled, "noteProviderRefund: what was just written is settled");
  await audit(open, {
    accountId: provider,
    role: "provider",
    action: "order.refund_at_provider",
    subject: (part.kind === "order" ? part.order.orderNumber : part.orderNumber) ?? refundId,
    detail: { refundRef, amountCents: toWire(amountMinor), currency },
  });
}

async function openedFor(open: Tx, refundRef: string, part: Part): Promise<string> {
  if (part.kind === "waiting") return part.refundId;
  return part.kind === "owed" ? await openAgain(open, refundRef, part) : await openFor(open, refundRef, part);
}

/** Of the same lines as the one that failed. */
async function openAgain(
  open: Tx,
  refundRef: string,
  { paymentId, orderNumber, amountMinor, lines }: Extract<Part, { kind: "owed" }>,
): Promise<string> {
  const cause = `provider:${refundRef}:${orderNumber ?? paymentId}`;
  const opened =
    orderNumber === null
      ? await refundOpenWhole(open, { paymentId, cause, amountMinor, reason })
      : await refundOpen(open, { orderNumber, cause, amountMinor, reason, requestedBy: null, lines });
  assert(opened.outcome === "opened", `noteProviderRefund: ${opened.outcome} under the payment's own lock`);
  return must(opened.refundId, "refundOpen: what is opened has an id");
}

async function openFor(
  open: Tx,
  refundRef: string,
  { order, amountMinor }: Extract<Part, { kind: "order" }>,
): Promise<string> {
  const { orderNumber } = order;
  const lines = await itemShares(open, { orderNumber });
  const isWhole = amountMinor === order.totalMinor - order.refundedMinor;
  const plan = planRefund({ ...order, lines }, isWhole ? { kind: "rest" } : { kind: "amount", amountMinor });
  assert(
    plan.kind === "planned" && plan.amountMinor === amountMinor,
    "noteProviderRefund: what is left is enough (M2)",
  );
  const opened = await refundOpen(open, {
    orderNumber,
    cause: `provider:${refundRef}:${orderNumber}`,
    amountMinor,
    reason,
    requestedBy: null,
    lines: plan.shares.map((share) => ({ ...share, amountMinor: toWire(share.amountMinor) })),
  });
  assert(opened.outcome === "opened", `noteProviderRefund: ${opened.outcome} under the order's own lock`);
  return must(opened.refundId, "refundOpen: what is opened has an id");
}
