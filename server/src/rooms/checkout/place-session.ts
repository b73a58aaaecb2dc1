import { must, unreachable } from "#kernel/assert.ts";
import { newId } from "#kernel/ids.ts";
import type { Bell } from "#platform/db/bell.ts";
import type { Pool } from "#platform/db/pool.ts";
import { tx, type Tx } from "#platform/db/tx.ts";
import { attemptAbandonedAfterMs, intentReplace, type ChargeOutcome, type PaymentProvider } from "#rooms/payment";
import { placeStart, sessionRead, type PlaceStartRow } from "./checkout.sql.gen.ts";
import { stateOf, type SessionState } from "./present.ts";
import { isSettled, paymentState, placeWaitMsMax } from "./rules.ts";
import type { Movement, SessionWatch } from "./session-watch.ts";
import { settlePayment } from "./settle-payment.ts";

export type PlaceDeps = {
  readonly db: Pool;
  readonly bell: Bell;
  readonly provider: PaymentProvider;
  readonly watch: SessionWatch;
  /** Where the shopper comes back to after a challenge; the session's id is appended. */
  readonly returnUrlBase: string;
};

export type PlaceInput = {
  readonly sessionId: string;
  readonly accountId: string;
  /** Holds the caller's Idempotency-Key in the transaction that writes the intent to charge. */
  readonly claimKey: ((open: Tx) => Promise<void>) | null;
};

export type PlaceRefusal =
  | "not_found"
  | "expired"
  | "cancelled"
  | "shipping_address_required"
  | "payment_method_required"
  | "payment_method_invalid"
  | "currency_not_supported"
  | "amount_too_small"
  | "payment_provider_unavailable";

export type Placed =
  | { readonly kind: PlaceRefusal }
  | { readonly kind: "action_required"; readonly clientSecret: string; readonly actionUrl: string | null }
  | { readonly kind: "declined"; readonly code: string; readonly declineCode: string | null }
  | { readonly kind: "placing"; readonly state: SessionState };

/**
 * Charges the session once and waits, for ten seconds at most, for what its stores say. Any number of calls at once,
 * with or without keys, make one charge and one order per store: one of them starts, the others wait for the same
 * outcome.
 *
 * The three beats: the intent is committed (`placeStart`), the provider is called with no transaction open, the
 * outcome is committed (`settlePayment`). A crash in between is picked up by the payment reconciler.
 */
export async function placeSession(deps: PlaceDeps, input: PlaceInput): Promise<Placed> {
  const moves = followMoves(deps.watch, input.sessionId);
  try {
    const started = await startOrAct(deps, input);
    switch (started.kind) {
      case "refused":
        return { kind: started.refusal };
      case "charged":
        // Nothing is settled at the moment of payment; whoever placed the last order tells us.
        return await outcomeOf(deps, input, moves, started.isPaid);
      case "joined":
        return await outcomeOf(deps, input, moves, false);
      default:
        return unreachable(started);
    }
  } finally {
    moves.stop();
  }
}

type Started =
  | { readonly kind: "refused"; readonly refusal: PlaceRefusal }
  | { readonly kind: "charged"; readonly isPaid: boolean }
  | { readonly kind: "joined" };

async function startOrAct(deps: PlaceDeps, input: PlaceInput): Promise<Started> {
  const start = await begin(deps.db, input, input.claimKey);
  if (start.outcome !== "action_pending") return await act(deps, input, start);
  if (!(await isPastAction(deps, start))) return { kind: "joined" };
  return await act(deps, input, await begin(deps.db, input, null));
}

async function begin(
  db: Pool,
  { sessionId, accountId }: PlaceInput,
  claimKey: PlaceInput["claimKey"],
): Promise<PlaceStartRow> {
  const args = {
    sessionId,
    accountId,
    paymentId: newId("pay"),
    attemptId: newId("att"),
    checkAfterSeconds: attemptAbandonedAfterMs / 1000,
  };
  if (claimKey === null) return await placeStart(db, args);
  return await tx(db, "checkout.place", async (open) => {
    await claimKey(open);
    return await placeStart(open, args);
  });
}

async function act(deps: PlaceDeps, input: PlaceInput, start: PlaceStartRow): Promise<Started> {
  switch (start.outcome) {
    case "started":
      return { kind: "charged", isPaid: await chargeStarted(deps, input, start) };
    case "not_found":
    case "expired":
    case "cancelled":
    case "shipping_address_required":
    case "payment_method_required":
    case "currency_not_supported":
    case "amount_too_small":
      return { kind: "refused", refusal: start.outcome };
    default:
      // "paid", "in_flight", and a challenge that another call has just met: wait for the same outcome.
      return { kind: "joined" };
  }
}

async function chargeStarted(deps: PlaceDeps, { sessionId }: PlaceInput, start: PlaceStartRow): Promise<boolean> {
  const attempt = attemptOf(start);
  let { providerRef } = start;
  let generation = must(start.generation, "a started attempt has a generation");
  if (start.replaceIntent === true && providerRef !== null) {
    // The total has changed since the first try: the old intent must be dead before a new one may exist (M1).
    const canceled = await deps.provider.cancelIntent(providerRef);
    if (canceled.kind !== "canceled") return await settle(deps, attempt, notCanceled(canceled));
    await replaceIntent(deps.db, attempt.paymentId, generation, must(start.amountMinor, "an amount"));
    generation += 1;
    providerRef = null;
  }
  const outcome = await deps.provider.charge({
    paymentId: attempt.paymentId,
    sessionId,
    attemptNumber: must(start.attemptNumber, "a started attempt has a number"),
    generation,
    providerRef,
    amountMinor: must(start.amountMinor, "a session has a total"),
    currency: must(start.currency, "a session has a currency"),
    methodRef: must(start.methodRef, "a started attempt has a payment method"),
    returnUrl: `${deps.returnUrlBase}${sessionId}`,
  });
  return await settle(deps, attempt, outcome);
}

async function settle(
  deps: PlaceDeps,
  attempt: ReturnType<typeof attemptOf>,
  outcome: ChargeOutcome,
): Promise<boolean> {
  const settled = await settlePayment(deps, attempt, outcome);
  return settled === "paid";
}

/**
 * The old intent could not be called off. If it has succeeded, that counts; else this attempt has charged nothing,
 * since it never got as far, and the shopper may try again.
 */
function notCanceled(outcome: ChargeOutcome): ChargeOutcome {
  if (outcome.kind === "succeeded") return outcome;
  return { kind: "declined", providerRef: null, code: "provider_error", declineCode: null };
}

/** A challenge is open: has its owner met it? With another card in hand, the challenged intent is called off first. */
async function isPastAction(deps: PlaceDeps, start: PlaceStartRow): Promise<boolean> {
  const attempt = attemptOf(start);
  const providerRef = must(start.providerRef, "a challenged attempt has an intent");
  const found = await deps.provider.readIntent(providerRef);
  if (found.kind !== "requires_action") {
    await settlePayment(deps, attempt, found);
    return false;
  }
  if (start.methodRef === start.attemptMethodRef) return false;
  const canceled = await deps.provider.cancelIntent(providerRef);
  if (canceled.kind !== "canceled") {
    await settlePayment(deps, attempt, notCanceled(canceled));
    return false;
  }
  await replaceIntent(
    deps.db,
    attempt.paymentId,
    must(start.generation, "a generation"),
    must(start.amountMinor, "an amount"),
  );
  return true;
}

async function replaceIntent(db: Pool, paymentId: string, generation: number, nextAmountMinor: bigint): Promise<void> {
  await intentReplace(db, { paymentId, generation, nextAmountMinor });
}

function attemptOf(start: PlaceStartRow): { paymentId: string; attemptId: string; checks: number } {
  return {
    paymentId: must(start.paymentId, "a payment has an id"),
    attemptId: must(start.attemptId, "an attempt has an id"),
    checks: 0,
  };
}

/**
 * Waits until the payment is decided and the stores have answered, or until ten seconds are over; then says how it
 * stands. Woken by the commits themselves, with a look of its own every second in case one was missed.
 */
async function outcomeOf(deps: PlaceDeps, input: PlaceInput, moves: Moves, isJustPaid: boolean): Promise<Placed> {
  const deadlineMs = performance.now() + placeWaitMsMax;
  let isWorthALook = !isJustPaid;
  for (;;) {
    if (isWorthALook) {
      const row = await sessionRead(deps.db, { sessionId: input.sessionId, accountId: input.accountId });
      if (row === null) return { kind: "not_found" };
      const state = stateOf(row);
      const said = decided(state, row);
      if (said !== null) return said;
      if (performance.now() >= deadlineMs) return { kind: "placing", state };
    }
    isWorthALook = await moves.next(Math.min(1_000, Math.max(0, deadlineMs - performance.now())));
  }
}

/** What can be answered already, or null while something is still on its way. */
function decided(
  state: SessionState,
  row: {
    readonly clientSecret: string | null;
    readonly actionUrl: string | null;
    readonly failureCode: string | null;
    readonly declineCode: string | null;
  },
): Placed | null {
  switch (paymentState(state.payment)) {
    case "paid":
    case "refunded":
      return isSettled(state.session, state.orders) ? { kind: "placing", state } : null;
    case "checking":
      return null;
    case "action_required":
      return {
        kind: "action_required",
        clientSecret: must(row.clientSecret, "a challenge has its secret"),
        actionUrl: row.actionUrl,
      };
    case "declined":
      return refusal(row);
    case "unpaid":
      return state.session.status === "cancelled" ? { kind: "cancelled" } : { kind: "expired" };
  }
}

/** A refusal by its cause: the provider was not to be had, does not know the method, or said no to the card. */
function refusal({
  failureCode,
  declineCode,
}: {
  readonly failureCode: string | null;
  readonly declineCode: string | null;
}): Placed {
  switch (failureCode) {
    case "credentials":
    case "provider_error":
      return { kind: "payment_provider_unavailable" };
    case "resource_missing":
      return { kind: "payment_method_invalid" };
    default:
      return { kind: "declined", code: failureCode ?? "card_declined", declineCode };
  }
}

type Moves = { readonly next: (timeoutMs: number) => Promise<boolean>; readonly stop: () => void };

/** Moves that leave nothing new to say: an order's own step, unless it is the last, which moves the session too. */
const minorMoves: ReadonlySet<Movement> = new Set(["order", "paid", "waiting"]);

function followMoves(watch: SessionWatch, sessionId: string): Moves {
  let hasMoved = false;
  let wake: (() => void) | null = null;
  const stop = watch.follow(sessionId, (movement) => {
    if (minorMoves.has(movement)) return;
    hasMoved = true;
    wake?.();
  });
  return {
    stop,
    // Resolves true when there is something to look at: a move, or a second without one.
    next: async (timeoutMs) => {
      if (!hasMoved) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, timeoutMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        wake = null;
      }
      hasMoved = false;
      return true;
    },
  };
}
