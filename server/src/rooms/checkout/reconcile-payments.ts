import type { Bell } from "#platform/db/bell.ts";
import type { Pool } from "#platform/db/pool.ts";
import { oneByOne, type SweepRound } from "#platform/jobs/sweep.ts";
import type { Log } from "#platform/log/log.ts";
import {
  absentProvedAfterS,
  chargeAgainWithinS,
  depositReverted,
  paymentDueTake,
  paymentFind,
  type ChargeOutcome,
  type KnownPayment,
  type PaymentProvider,
} from "#rooms/payment";
import { paymentCanceled, sessionOfOrder } from "./checkout.sql.gen.ts";
import { settlePayment, type Settled } from "./settle-payment.ts";

export type ReconcileDeps = {
  readonly db: Pool;
  readonly bell: Bell;
  readonly provider: PaymentProvider;
  readonly returnUrlBase: string;
  readonly log: Log;
};

/** As many payments as one round asks about: bounds a round's time, and the next one follows at once. */
const roundMax = 20;

/** After so many askings without an answer under the key, the provider's own records are searched instead. */
const searchAfterChecks = 5;

/** What became of an intent of a payment that may be paid through another one. */
type BesidePaid = Settled | "surplus_given_back";

/** Asks what became of payments whose answer we never got. */
export async function reconcilePayments(deps: ReconcileDeps): Promise<SweepRound> {
  const due = await paymentDueTake(deps.db, { countMax: BigInt(roundMax) });
  let failed = 0;
  await Promise.all(
    due.map(async (payment) => {
      try {
        await settlePayment(deps, payment, await askProvider(deps, payment));
      } catch (error) {
        // One that cannot be settled must not keep the others waiting; it is due again later.
        failed += 1;
        deps.log.error("payment.unsettled", { paymentId: payment.paymentId, sessionId: payment.sessionId }, error);
      }
    }),
  );
  return { ...oneByOne(due.length, failed), hasMore: due.length > 0 };
}

/** A webhook said that an intent moved: the provider is asked, and only its answer counts (order means nothing). */
export async function reconcileIntent(deps: ReconcileDeps, named: IntentName): Promise<BesidePaid | "unknown_payment"> {
  const payment = await paymentNamed(deps.db, named);
  if (payment === null) return "unknown_payment";
  if (payment.status === "succeeded") return await besidePaid(deps, payment, named.providerRef);
  const outcome = repeated(await deps.provider.readIntent(named.providerRef));
  if (outcome.kind === "unknown") throw new Error(`payment ${payment.paymentId}: the provider does not answer yet`);
  // The call that is still being sent will tell itself; what it came to without an answer, its own key tells.
  if (outcome.kind === "declined" && (payment.status === "started" || mayBeOlder(outcome, payment))) return "unpaid";
  return await settlePayment(deps, payment, outcome);
}

/**
 * A payment takes money once. Another intent of it is called off before it does; one that has, because it was found by
 * nobody when its answer was lost, throws until a person has given all of that money back: the event stays open (M1).
 */
async function besidePaid(deps: ReconcileDeps, payment: KnownPayment, providerRef: string): Promise<BesidePaid> {
  if (payment.providerRef === providerRef) return "already";
  const outcome = repeated(await deps.provider.cancelIntent(providerRef));
  if (outcome.kind === "canceled") return "already";
  if (outcome.kind === "succeeded") {
    const read = await deps.provider.readIntent(providerRef);
    if (read.kind === "succeeded" && read.isGivenBack === true) return "surplus_given_back";
    return await settlePayment(deps, payment, outcome);
  }
  throw new Error(`payment ${payment.paymentId}: its other intent could not be called off yet`);
}

/**
 * Toss said, unsigned, that a payment of an order of ours has moved: the payment is read, and only that counts. A
 * refusal of an older try, or one whose own call is still on its way, changes nothing.
 */
export async function reconcileTossOrder(deps: ReconcileDeps, sessionId: string): Promise<Settled | "unknown_payment"> {
  const payment = await paymentFind(deps.db, { paymentId: null, providerRef: null, sessionId });
  // The payer has opened the window, and nobody has confirmed anything yet.
  if (payment === null) return "unknown_payment";
  const outcome = await deps.provider.findIntent(payment);
  if (outcome.kind === "unknown") throw new Error(`payment ${payment.paymentId}: the provider does not answer yet`);
  if (payment.status === "succeeded") return await stillPaid(deps, payment, outcome.kind);
  if (outcome.kind === "absent" || (outcome.kind === "declined" && payment.status === "started")) return "unpaid";
  return await settlePayment(deps, payment, repeated(outcome));
}

/**
 * A bank may take a deposit back days after it came: what was bought with it waits, until it is there again. The
 * payment itself stays what it is. That it is there counts only if it was read after the bank had taken it back, so the
 * time before the read goes along.
 */
async function stillPaid(
  { db, log }: ReconcileDeps,
  { paymentId, sessionId, foundAt: readAt }: KnownPayment & { readonly foundAt: Date },
  kind: string,
): Promise<"already"> {
  if (kind !== "awaiting_deposit" && kind !== "succeeded") return "already";
  const isReverted = kind === "awaiting_deposit";
  const { changed } = await depositReverted(db, { paymentId, isReverted, readAt });
  if (changed && isReverted) log.error("payment.deposit_reverted", { paymentId, sessionId });
  if (changed && !isReverted) log.warn("payment.deposit_restored", { paymentId, sessionId });
  return "already";
}

export type IntentName = {
  readonly providerRef: string;
  readonly paymentId: string | null;
  /** What an intent of the marketplace's older way names instead of its payment. */
  readonly orderNumber?: string | null;
};

/** By the intent's own names; else by the order it is for, unless that is paid through another intent. */
async function paymentNamed(
  db: Pool,
  { providerRef, paymentId, orderNumber = null }: IntentName,
): Promise<KnownPayment | null> {
  const known = await paymentFind(db, { providerRef, paymentId, sessionId: null });
  if (known !== null || orderNumber === null) return known;
  const order = await sessionOfOrder(db, { orderNumber });
  if (order === null) return null;
  const payment = await paymentFind(db, { providerRef: null, paymentId: null, sessionId: order.sessionId });
  return payment === null || payment.providerRef !== null ? null : payment;
}

/**
 * Calls off the payment of a session that has ended, so that it can never succeed later. If it has succeeded, that is
 * honoured or refunded like any late payment.
 */
export async function cancelPayment(deps: ReconcileDeps, sessionId: string): Promise<void> {
  const payment = await paymentFind(deps.db, { paymentId: null, providerRef: null, sessionId });
  if (payment === null || payment.status === "succeeded" || payment.status === "canceled") return;
  const outcome =
    payment.providerRef === null
      ? await cancelUnanswered(deps, payment)
      : repeated(await deps.provider.cancelIntent(payment.providerRef));
  if (outcome === null || outcome.kind === "canceled") {
    const { changed } = await paymentCanceled(deps.db, payment);
    if (!changed) await assertOver(deps, sessionId);
    return;
  }
  await settlePayment(deps, payment, outcome);
  if (outcome.kind !== "succeeded") throw new Error(`payment ${payment.paymentId}: could not be called off yet`);
}

/** Somebody else has recorded something meanwhile. Unless that was the end, the job begins again. */
async function assertOver({ db }: ReconcileDeps, sessionId: string): Promise<void> {
  const payment = await paymentFind(db, { paymentId: null, providerRef: null, sessionId });
  if (payment === null || payment.status === "succeeded" || payment.status === "canceled") return;
  throw new Error(`payment ${payment.paymentId}: it has moved while it was called off`);
}

/**
 * We never learned of an intent: whatever the provider has of it is called off. Never by charging again to find
 * out, for a checkout that is over. Null: there is none to call off.
 */
async function cancelUnanswered({ provider }: ReconcileDeps, payment: KnownPayment): Promise<ChargeOutcome | null> {
  const found = await provider.findIntent(payment);
  if (found.kind === "absent") {
    const isProved = payment.status === "failed" || payment.ageSeconds >= absentProvedAfterS;
    return isProved ? null : { kind: "unknown", detail: "not found yet" };
  }
  // A payment refused at Toss leaves no reference and is over there: there is nothing to call off.
  if (found.kind === "declined" && found.providerRef === null && payment.status === "failed") return null;
  return "providerRef" in found && found.providerRef !== null
    ? repeated(await provider.cancelIntent(found.providerRef))
    : found;
}

async function askProvider(deps: ReconcileDeps, payment: KnownPayment): Promise<ChargeOutcome> {
  const { providerRef } = payment;
  if (providerRef === null) return await askForUnnamed(deps, payment);
  // What was on the button is not what this intent would take: it is called off, and the next press makes another (M6).
  if (payment.intentAmountMinor !== payment.amountMinor) return repeated(await deps.provider.cancelIntent(providerRef));
  // Its day is over: closed, unless it was paid into at this very moment.
  if (payment.isDepositOverdue) return repeated(await deps.provider.cancelIntent(providerRef));
  const found = repeated(await deps.provider.readIntent(providerRef));
  if (!mayBeOlder(found, payment)) return found;
  if (isFresh(payment)) return await chargeAgain(deps, payment);
  // The provider may yet act on what it was sent: believed when it cannot have been on its way any more.
  return payment.ageSeconds < absentProvedAfterS ? { kind: "unknown", detail: "perhaps of an older try" } : found;
}

/**
 * A refusal seen before a second attempt's own answer may be the first attempt's, which the intent shows until the
 * second has been acted on: the call's key tells them apart. Believed too soon, it tells somebody who is being charged
 * that nothing was.
 */
function mayBeOlder(outcome: ChargeOutcome, { attemptNumber, status }: KnownPayment): boolean {
  return outcome.kind === "declined" && attemptNumber > 1 && (status === "started" || status === "unknown");
}

/**
 * No answer has named an intent. The first call again, whose key makes it tell its first outcome; when that stays
 * without an answer, or too much time has gone by, a search, which is believed at once in what it finds. That it
 * finds nothing is proof only when nothing was sent for longer than it takes to be found.
 */
async function askForUnnamed(deps: ReconcileDeps, payment: KnownPayment): Promise<ChargeOutcome> {
  if (isFresh(payment)) {
    const outcome = await chargeAgain(deps, payment);
    if (outcome.kind !== "unknown" || payment.checks < searchAfterChecks) return outcome;
  }
  const found = await deps.provider.findIntent(payment);
  if (found.kind !== "absent") return repeated(found);
  if (payment.ageSeconds < absentProvedAfterS) return { kind: "unknown", detail: "not found yet" };
  return { kind: "declined", providerRef: null, code: "provider_error", declineCode: null };
}

function isFresh({ ageSeconds }: KnownPayment): boolean {
  return ageSeconds < chargeAgainWithinS;
}

async function chargeAgain({ provider, returnUrlBase }: ReconcileDeps, payment: KnownPayment): Promise<ChargeOutcome> {
  return repeated(await provider.charge({ ...payment, returnUrl: `${returnUrlBase}${payment.sessionId}` }));
}

/** An earlier call may have acted, so a provider that lets nobody in now has told us nothing of that one (M1). */
function repeated(outcome: ChargeOutcome): ChargeOutcome {
  return outcome.kind === "not_sent" ? { kind: "unknown", detail: outcome.code } : outcome;
}
