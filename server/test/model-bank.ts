/**
 * A payment provider for models: Stripe's intents and idempotency keys in a hundred lines, where the test decides when
 * a call acts, when it is answered, and whether the answer is lost. It tells what it did as the sandbox's records do.
 */
import type { ChargeOutcome, PaymentProvider, RefundOutcome } from "#rooms/payment";
import { must } from "#kernel/assert.ts";
import { newId } from "#kernel/ids.ts";
import type { Outside, OutsideRecord } from "../../tools/invariants/outside.ts";

type IntentStatus = "succeeded" | "requires_action" | "declined" | "processing" | "canceled";

export type BankIntent = {
  readonly ref: string;
  readonly paymentId: string;
  readonly sessionId: string;
  readonly generation: number;
  readonly amountMinor: bigint;
  readonly currency: string;
  status: IntentStatus;
};

/** A call that the caller waits for. Acting twice is acting once. */
export type HeldCall = {
  readonly what: string;
  readonly act: () => void;
  readonly answer: () => void;
  /** The caller hears nothing, as after a time-out: whether it acted or not. */
  readonly lose: () => void;
};

export type ModelBank = {
  readonly provider: PaymentProvider;
  readonly held: readonly HeldCall[];
  readonly intents: readonly BankIntent[];
  readonly outside: () => Outside;
};

/** What a card does: it is named by its method. */
export const cards = ["pm_good", "pm_challenge", "pm_bad", "pm_slow", "pm_unknown"] as const;

const statusOfCard: Readonly<Record<string, IntentStatus>> = {
  pm_good: "succeeded",
  pm_challenge: "requires_action",
  pm_bad: "declined",
  pm_slow: "processing",
};

export function openModelBank(): ModelBank {
  const intents: BankIntent[] = [];
  const answers = new Map<string, unknown>();
  const refunds: OutsideRecord[] = [];
  const held: HeldCall[] = [];

  const hold = <Answer>(what: string, perform: () => Answer, lost: Answer): Promise<Answer> =>
    new Promise((resolve) => {
      let done: { readonly value: Answer } | null = null;
      const end = (value: Answer): void => {
        held.splice(held.indexOf(call), 1);
        resolve(value);
      };
      const act = (): Answer => (done ??= { value: perform() }).value;
      const call: HeldCall = { what, act: () => void act(), answer: () => end(act()), lose: () => end(lost) };
      held.push(call);
    });
  /** Stripe keeps the first answer under a key. */
  const once = <Answer>(key: string, perform: () => Answer): Answer => {
    if (!answers.has(key)) answers.set(key, perform());
    return answers.get(key) as Answer;
  };
  const unknown = { kind: "unknown", detail: "lost" } as const;
  const find = (ref: string): BankIntent =>
    must(
      intents.find((intent) => intent.ref === ref),
      "the bank is asked of what it made",
    );

  const provider: PaymentProvider = {
    charge: (request) => hold(`charge ${request.methodRef}`, () => charge(intents, find, once, request), unknown),
    readIntent: (ref) => hold("read", () => outcomeOf(find(ref)), unknown),
    findIntent: ({ paymentId, generation }) =>
      hold(
        "find",
        () => {
          const found = intents.find((intent) => intent.paymentId === paymentId && intent.generation === generation);
          return found === undefined ? { kind: "absent" as const } : outcomeOf(found);
        },
        unknown,
      ),
    cancelIntent: (ref) =>
      hold(
        "cancel",
        () => {
          const intent = find(ref);
          if (intent.status === "requires_action" || intent.status === "declined") intent.status = "canceled";
          return outcomeOf(intent);
        },
        unknown,
      ),
    refund: async ({ refundId, providerRef, amountMinor }) =>
      once(`refund:${refundId}`, () => {
        const refund = newId("re");
        const { currency } = find(providerRef);
        const data = { refund, amount: Number(amountMinor), currency, metadata: { refund_id: refundId } };
        refunds.push(recordOf("refund", data));
        return {
          kind: "succeeded",
          providerRef: refund,
          failureCode: null,
          retryAfterMs: null,
        } satisfies RefundOutcome;
      }),
  };
  return { provider, held, intents, outside: () => outsideOf(intents, refunds) };
}

type ChargeRequest = Parameters<PaymentProvider["charge"]>[0];
type Once = <Answer>(key: string, perform: () => Answer) => Answer;

/** Both ways of Stripe: made and confirmed in one call, or confirmed once more. */
function charge(
  intents: BankIntent[],
  find: (ref: string) => BankIntent,
  once: Once,
  request: ChargeRequest,
): ChargeOutcome {
  const { paymentId, sessionId, generation, attemptNumber, providerRef, methodRef, amountMinor, currency } = request;
  const name = `${paymentId}:${generation}:${attemptNumber}`;
  const status = statusOfCard[methodRef];
  const refused: ChargeOutcome = { kind: "declined", providerRef: null, code: "resource_missing", declineCode: null };
  if (providerRef === null) {
    return once(`create:${name}`, () => {
      if (status === undefined) return refused;
      const intent = { ref: newId("pi"), paymentId, sessionId, generation, amountMinor, currency, status };
      intents.push(intent);
      return outcomeOf(intent);
    });
  }
  const intent = find(providerRef);
  return once(`confirm:${name}`, () => {
    if (status === undefined) return { ...refused, providerRef };
    if (intent.status === "declined" || intent.status === "requires_action") intent.status = status;
    return outcomeOf(intent);
  });
}

function outcomeOf({ ref, status, amountMinor, currency }: BankIntent): ChargeOutcome {
  switch (status) {
    case "succeeded":
      return { kind: "succeeded", providerRef: ref, amountMinor, currency };
    case "requires_action":
      return { kind: "requires_action", providerRef: ref, clientSecret: `${ref}_secret_1`, actionUrl: null };
    case "declined":
      return { kind: "declined", providerRef: ref, code: "card_declined", declineCode: null };
    case "processing":
    case "canceled":
      return { kind: status, providerRef: ref };
  }
}

const epoch = "2026-01-01T00:00:00.000Z";

function recordOf(kind: string, data: OutsideRecord["data"]): OutsideRecord {
  return { seq: 1, at: epoch, part: "stripe", kind, data };
}

function outsideOf(intents: readonly BankIntent[], refunds: readonly OutsideRecord[]): Outside {
  const charges = intents
    .filter(({ status }) => status === "succeeded")
    .map(({ ref, paymentId, sessionId, amountMinor, currency }) =>
      recordOf("charge", {
        charge: `ch_${ref}`,
        paymentIntent: ref,
        amount: Number(amountMinor),
        currency,
        metadata: { payment_id: paymentId, checkout_session_id: sessionId },
      }),
    );
  return { charges, refunds, storeOrders: [], mails: [], secrets: [] };
}
