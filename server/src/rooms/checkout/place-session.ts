import { hash } from "node:crypto";
import { must, unreachable } from "#kernel/assert.ts";
import { newId } from "#kernel/ids.ts";
import type { Bell } from "#platform/db/bell.ts";
import type { Pool } from "#platform/db/pool.ts";
import { tx, type Tx } from "#platform/db/tx.ts";
import { attemptAbandonedAfterMs, type PaymentProvider } from "#rooms/payment";
import { placeStart, sessionRead, type PlaceStartRow } from "./checkout.sql.gen.ts";
import { stateOf, type SessionState } from "./present.ts";
import { isSettled, paymentState, placeWaitMsMax } from "./rules.ts";
import type { Movement, SessionWatch } from "./session-watch.ts";
import { settlePayment, type ChargedAttempt } from "./settle-payment.ts";

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
  /** The caller's Idempotency-Key itself: what a press came to is what each of its repeats is told. */
  readonly key?: string | undefined;
  /** What was on the button, in minor units: another total is not charged. Left out by those who do not say. */
  readonly totalMinor?: bigint | undefined;
};

/** What `place_start` says when nothing is begun. */
const refusals = [
  "not_found",
  "expired",
  "cancelled",
  "shipping_address_required",
  "payment_method_required",
  "already_purchased",
  "product_unavailable",
  "out_of_stock",
  "payment_in_progress",
  "currency_not_supported",
  "amount_too_small",
  "self_purchase",
] as const;

export type PlaceRefusal = (typeof refusals)[number] | "payment_method_invalid" | "payment_provider_unavailable";

export type Placed =
  | { readonly kind: PlaceRefusal }
  /** Not what was on the button, so nothing was charged. */
  | { readonly kind: "price_changed"; readonly totalMinor: bigint }
  | { readonly kind: "action_required"; readonly clientSecret: string; readonly actionUrl: string | null }
  | { readonly kind: "declined"; readonly code: string; readonly declineCode: string | null }
  /** Paid, or to be paid into the account that the payer was given: the state says which. */
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
      case "price_changed":
        return started;
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
  | { readonly kind: "price_changed"; readonly totalMinor: bigint }
  | { readonly kind: "charged"; readonly isPaid: boolean }
  | { readonly kind: "joined" };

async function startOrAct(deps: PlaceDeps, input: PlaceInput): Promise<Started> {
  const start = await begin(deps.db, input, { claimKey: input.claimKey, deadRef: null });
  if (start.outcome !== "action_pending" && start.outcome !== "intent_outdated") return await act(deps, input, start);
  const end = await endOfIntent(deps, start);
  if (end.kind === "refused" || end.kind === "joined") return end;
  return await act(deps, input, await begin(deps.db, input, { claimKey: null, deadRef: end.providerRef }));
}

type Beginning = {
  readonly claimKey: PlaceInput["claimKey"];
  /** The intent that has just been called off at the provider. */
  readonly deadRef: string | null;
};

async function begin(
  db: Pool,
  { sessionId, accountId, key, totalMinor }: PlaceInput,
  { claimKey, deadRef }: Beginning,
): Promise<PlaceStartRow> {
  const args = {
    sessionId,
    accountId,
    paymentId: newId("pay"),
    attemptId: newId("att"),
    checkAfterSeconds: attemptAbandonedAfterMs / 1000,
    deadRef,
    press: key === undefined ? null : hash("sha256", key, "buffer"),
    totalMinor: totalMinor ?? null,
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
    case "price_changed":
      return { kind: start.outcome, totalMinor: must(start.amountMinor, "a session has a total") };
    default:
      if (isRefusal(start.outcome)) return { kind: "refused", refusal: start.outcome };
      // "paid", "in_flight", "answered", and what another call has just begun: wait for the same outcome.
      return { kind: "joined" };
  }
}

function isRefusal(outcome: string): outcome is PlaceRefusal {
  return (refusals as readonly string[]).includes(outcome);
}

async function chargeStarted(deps: PlaceDeps, { sessionId }: PlaceInput, start: PlaceStartRow): Promise<boolean> {
  const attempt = attemptOf(start);
  const outcome = await deps.provider.charge({
    paymentId: attempt.paymentId,
    sessionId,
    attemptNumber: must(start.attemptNumber, "a started attempt has a number"),
    generation: must(start.generation, "a started attempt has a generation"),
    providerRef: start.providerRef,
    amountMinor: must(start.amountMinor, "a session has a total"),
    currency: must(start.currency, "a session has a currency"),
    methodRef: must(start.methodRef, "a started attempt has a payment method"),
    returnUrl: `${deps.returnUrlBase}${sessionId}`,
  });
  return (await settlePayment(deps, attempt, outcome)) === "paid";
}

type IntentEnd =
  | { readonly kind: "dead"; readonly providerRef: string }
  | Extract<Started, { readonly kind: "refused" | "joined" }>;

/**
 * The intent of the last try no longer fits what is on the button: it must be dead before a new one may exist (M1).
 * While nothing of the new try is written: whatever dies here, nobody goes on with either (M6). A challenge that still
 * fits is left alone; one whose owner has met it decides the payment.
 */
async function endOfIntent(deps: PlaceDeps, start: PlaceStartRow): Promise<IntentEnd> {
  const attempt = attemptOf(start);
  const providerRef = must(start.providerRef, "a try that waits for its owner, or was declined, has an intent");
  const isChallenge = start.outcome === "action_pending";
  if (isChallenge) {
    const found = await deps.provider.readIntent(providerRef);
    if (found.kind !== "requires_action") {
      await settlePayment(deps, attempt, found);
      return { kind: "joined" };
    }
    if (start.replaceIntent !== true) return { kind: "joined" };
  }
  const ended = await deps.provider.cancelIntent(providerRef);
  if (ended.kind === "canceled") return { kind: "dead", providerRef };
  // It was confirmed after all: that counts. Otherwise nothing was charged and nothing written; they try again.
  if (ended.kind === "succeeded" || (isChallenge && ended.kind === "processing")) {
    await settlePayment(deps, attempt, ended);
    return { kind: "joined" };
  }
  return { kind: "refused", refusal: "payment_provider_unavailable" };
}

function attemptOf(start: PlaceStartRow): ChargedAttempt {
  return {
    paymentId: must(start.paymentId, "a payment has an id"),
    attemptId: must(start.attemptId, "an attempt has an id"),
    checks: 0,
    ageSeconds: 0,
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
    case "awaiting_deposit":
      return { kind: "placing", state };
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
