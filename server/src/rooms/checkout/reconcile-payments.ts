import type { Bell } from "#platform/db/bell.ts";
import type { Pool } from "#platform/db/pool.ts";
import type { Log } from "#platform/log/log.ts";
import {
  paymentDueTake,
  paymentFind,
  paymentOfSession,
  type ChargeOutcome,
  type KnownPayment,
  type PaymentProvider,
} from "#rooms/payment";
import { paymentCanceled } from "./checkout.sql.gen.ts";
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

/** Asks what became of payments whose answer we never got. @returns how many were asked about */
export async function reconcilePayments(deps: ReconcileDeps): Promise<number> {
  const due = await paymentDueTake(deps.db, { countMax: BigInt(roundMax) });
  await Promise.all(
    due.map(async (payment) => {
      try {
        await settlePayment(deps, payment, await askProvider(deps, payment));
      } catch (error) {
        // One that cannot be settled must not keep the others waiting; it is due again later.
        deps.log.error("payment.unsettled", { paymentId: payment.paymentId, sessionId: payment.sessionId }, error);
      }
    }),
  );
  return due.length;
}

/** A webhook said that an intent moved: the provider is asked, and only its answer counts (order means nothing). */
export async function reconcileIntent(deps: ReconcileDeps, named: IntentName): Promise<Settled | "unknown_payment"> {
  const payment = await paymentFind(deps.db, named);
  if (payment === null) return "unknown_payment";
  if (payment.status === "succeeded") return "already";
  const outcome = repeated(await deps.provider.readIntent(named.providerRef));
  if (outcome.kind === "unknown") throw new Error(`payment ${payment.paymentId}: the provider does not answer yet`);
  // A declined answer to an attempt that is still being sent is about an older one: that call itself will tell.
  if (outcome.kind === "declined" && payment.status === "started") return "unpaid";
  return await settlePayment(deps, payment, outcome);
}

export type IntentName = { readonly providerRef: string; readonly paymentId: string | null };

/**
 * Calls off the payment of a session that has ended, so that it can never succeed later. If it has succeeded, that is
 * honoured or refunded like any late payment.
 */
export async function cancelPayment(deps: ReconcileDeps, sessionId: string): Promise<void> {
  const payment = await paymentOfSession(deps.db, { sessionId });
  if (payment === null || payment.status === "succeeded" || payment.status === "canceled") return;
  const outcome =
    payment.providerRef === null
      ? await cancelUnanswered(deps, payment)
      : repeated(await deps.provider.cancelIntent(payment.providerRef));
  if (outcome === null || outcome.kind === "canceled") {
    await paymentCanceled(deps.db, payment);
    return;
  }
  await settlePayment(deps, payment, outcome);
  if (outcome.kind !== "succeeded") throw new Error(`payment ${payment.paymentId}: could not be called off yet`);
}

/**
 * We never learned of an intent: ask for the first answer, and call off what it names. Null: there is none to call
 * off.
 */
async function cancelUnanswered(deps: ReconcileDeps, payment: KnownPayment): Promise<ChargeOutcome | null> {
  const found = await askProvider(deps, payment);
  if (found.kind === "unknown") return found;
  const providerRef = "providerRef" in found ? found.providerRef : null;
  return providerRef === null ? null : repeated(await deps.provider.cancelIntent(providerRef));
}

/**
 * The intent's own state where we know the intent; else the first call again, whose key makes it tell its first
 * outcome; else a search, whose "absent" proves that nothing was charged.
 */
async function askProvider(deps: ReconcileDeps, payment: KnownPayment): Promise<ChargeOutcome> {
  if (payment.providerRef !== null) {
    const found = repeated(await deps.provider.readIntent(payment.providerRef));
    // A refusal seen before a second attempt's own answer may be the first attempt's: the call's key tells them apart.
    const mayBeOlder =
      found.kind === "declined" &&
      payment.attemptNumber > 1 &&
      payment.status !== "requires_action" &&
      payment.checks < searchAfterChecks;
    return mayBeOlder ? await chargeAgain(deps, payment) : found;
  }
  const outcome = await chargeAgain(deps, payment);
  if (outcome.kind !== "unknown" || payment.checks < searchAfterChecks) return outcome;
  const found = await deps.provider.findIntent(payment.paymentId, payment.generation);
  if (found.kind === "absent")
    return { kind: "declined", providerRef: null, code: "provider_error", declineCode: null };
  return repeated(found);
}

async function chargeAgain({ provider, returnUrlBase }: ReconcileDeps, payment: KnownPayment): Promise<ChargeOutcome> {
  return repeated(await provider.charge({ ...payment, returnUrl: `${returnUrlBase}${payment.sessionId}` }));
}

/** An earlier call may have acted, so a provider that lets nobody in now has told us nothing of that one (M1). */
function repeated(outcome: ChargeOutcome): ChargeOutcome {
  return outcome.kind === "not_sent" ? { kind: "unknown", detail: outcome.code } : outcome;
}
