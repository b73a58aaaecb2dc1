import type { Bell } from "#platform/db/bell.ts";
import type { Pool } from "#platform/db/pool.ts";
import { assert, unreachable } from "#kernel/assert.ts";
import { checkAgainMs, type ChargeOutcome } from "#rooms/payment";
import { paymentAwaitsDeposit, paymentSettled, paymentSucceeded } from "./checkout.sql.gen.ts";

/** The payment and the attempt at it that an outcome is about. */
export type ChargedAttempt = {
  readonly paymentId: string;
  readonly attemptId: string;
  /** How often the provider has been asked what became of it. */
  readonly checks: number;
  readonly ageSeconds: number;
};

export type SettleDeps = { readonly db: Pool; readonly bell: Bell };

export type Settled = "paid" | "refunded_late" | "already" | "unpaid";

/**
 * Records what the provider said of an attempt, and all that follows. Everybody who learns of an outcome comes here:
 * the call's own answer, the webhook, the reconciler, a repeat of the place call. Doing it twice changes nothing.
 */
export async function settlePayment(
  deps: SettleDeps,
  attempt: ChargedAttempt,
  outcome: ChargeOutcome,
): Promise<Settled> {
  switch (outcome.kind) {
    case "succeeded":
      return await recordSuccess(deps, attempt.paymentId, outcome);
    case "requires_action":
      await record(deps, attempt, "requires_action", { ...outcome, checkAfterMs: checkAgainMs(attempt) });
      return "unpaid";
    case "awaiting_deposit":
      await recordDeposit(deps, attempt, outcome);
      return "unpaid";
    case "declined":
      await record(deps, attempt, "failed", {
        providerRef: outcome.providerRef,
        failureCode: outcome.code,
        declineCode: outcome.declineCode,
      });
      return "unpaid";
    case "canceled":
      await record(deps, attempt, "failed", { providerRef: outcome.providerRef, failureCode: "canceled" });
      return "unpaid";
    case "not_sent":
      await record(deps, attempt, "failed", { failureCode: outcome.code });
      return "unpaid";
    case "processing":
      await record(deps, attempt, "unknown", {
        providerRef: outcome.providerRef,
        checkAfterMs: checkAgainMs(attempt),
      });
      return "unpaid";
    case "unknown":
      await record(deps, attempt, "unknown", { checkAfterMs: checkAgainMs(attempt) });
      return "unpaid";
    default:
      return unreachable(outcome);
  }
}

async function recordSuccess(
  { db, bell }: SettleDeps,
  paymentId: string,
  { providerRef, amountMinor, currency }: Extract<ChargeOutcome, { kind: "succeeded" }>,
): Promise<Settled> {
  const row = await paymentSucceeded(db, { paymentId, providerRef, amountMinor, currency });
  switch (row.outcome) {
    case "paid":
      bell.ring("muse_placement", "");
      return "paid";
    case "completed":
      bell.ring("muse_session", `${row.sessionId} completed`);
      return "paid";
    case "refunded_late":
      bell.ring("muse_session", `${row.sessionId} refunded`);
      return "refunded_late";
    case "already":
      return "already";
    default:
      // The provider took another amount than ours, a payment we never made, or a second one. Nobody may paper over
      // that.
      assert(false, `M1, M3: payment ${paymentId} succeeded at the provider as ${row.outcome}`);
  }
}

async function recordDeposit(
  { db, bell }: SettleDeps,
  attempt: ChargedAttempt,
  { providerRef, deposit }: Extract<ChargeOutcome, { kind: "awaiting_deposit" }>,
): Promise<void> {
  const { attemptId } = attempt;
  const checkAfterSeconds = checkAgainMs(attempt) / 1000;
  const { sessionId } = await paymentAwaitsDeposit(db, { attemptId, providerRef, ...deposit, checkAfterSeconds });
  if (sessionId !== null) bell.ring("muse_session", `${sessionId} payment`);
}

type Said = {
  readonly providerRef?: string | null;
  readonly clientSecret?: string;
  readonly actionUrl?: string | null;
  readonly failureCode?: string;
  readonly declineCode?: string | null;
  readonly checkAfterMs?: number;
};

async function record(
  { db, bell }: SettleDeps,
  { attemptId }: ChargedAttempt,
  status: string,
  said: Said,
): Promise<void> {
  const { sessionId } = await paymentSettled(db, {
    attemptId,
    status,
    providerRef: said.providerRef ?? null,
    clientSecret: said.clientSecret ?? null,
    actionUrl: said.actionUrl ?? null,
    failureCode: said.failureCode ?? null,
    declineCode: said.declineCode ?? null,
    checkAfterSeconds: said.checkAfterMs === undefined ? null : said.checkAfterMs / 1000,
  });
  if (sessionId !== null) bell.ring("muse_session", `${sessionId} payment`);
}
