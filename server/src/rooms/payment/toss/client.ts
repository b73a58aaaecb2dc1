import type { OutboundHttp } from "#platform/outbound/http.ts";
import { z } from "zod";
import type { ReceiveAccount } from "../provider.ts";
import { providerTimeoutMs } from "../rules.ts";
import { tossError, type TossError } from "./errors.ts";
import { TossPayment } from "./payment.ts";
import { koreanText, TossTransactions } from "./transaction.ts";

export type TossSettings = {
  readonly secretKey: string;
  readonly apiBase: string;
  readonly http: OutboundHttp;
};

export type TossAnswer =
  | { readonly kind: "payment"; readonly payment: TossPayment }
  | { readonly kind: "refused"; readonly error: TossError };

export type TossListing =
  | { readonly kind: "transactions"; readonly transactions: TossTransactions }
  | { readonly kind: "refused"; readonly error: TossError };

export type TransactionsRequest = {
  readonly fromAt: Date;
  /** Inclusive, as Toss has it. */
  readonly toAt: Date;
  /** The key of the last one told; null at the beginning. */
  readonly startingAfter: string | null;
  readonly limit: number;
};

export type CancelRequest = {
  readonly paymentKey: string;
  /** At most 200 characters; the payer may see it. */
  readonly reason: string;
  /** Won; null: all that is left. */
  readonly amount: number | null;
  /** Where it goes; without one, the way it came. */
  readonly receiveAccount?: ReceiveAccount;
  readonly idempotencyKey: string;
};

export type TossClient = {
  /** The one call that moves money. */
  readonly confirm: (
    payment: { readonly paymentKey: string; readonly orderId: string; readonly amount: number },
    idempotencyKey: string,
  ) => Promise<TossAnswer>;
  readonly readPayment: (paymentKey: string) => Promise<TossAnswer>;
  readonly cancel: (request: CancelRequest) => Promise<TossAnswer>;
  /** Movements of money, oldest first. */
  readonly listTransactions: (request: TransactionsRequest) => Promise<TossListing>;
};

/**
 * TossPayments' API as far as Muse needs it. Every answer is data: a refusal with what it proves, and no answer is an
 * `unknown` one. It repeats nothing by itself; our rows decide what is asked again, under the same key.
 */
export function openToss({ secretKey, apiBase, http }: TossSettings): TossClient {
  const authorization = `Basic ${Buffer.from(`${secretKey}:`).toString("base64")}`;
  const send = async (method: "GET" | "POST", path: string, body?: object, key?: string) =>
    await http({
      method,
      url: apiBase + path,
      headers: {
        authorization,
        "content-type": "application/json",
        ...(key === undefined ? {} : { "idempotency-key": key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      timeoutMs: providerTimeoutMs,
    }).catch(noAnswer);
  const ask = async (...wish: Parameters<typeof send>): Promise<TossAnswer> => {
    const answer = await send(...wish);
    return answer === null ? refused(null, "NO_ANSWER") : answerOf(answer.status, answer.body);
  };
  return {
    confirm: async (payment, idempotencyKey) => await ask("POST", "/v1/payments/confirm", payment, idempotencyKey),
    readPayment: async (paymentKey) => await ask("GET", `/v1/payments/${encodeURIComponent(paymentKey)}`),
    cancel: async (request) =>
      await ask(
        "POST",
        `/v1/payments/${encodeURIComponent(request.paymentKey)}/cancel`,
        cancelBody(request),
        request.idempotencyKey,
      ),
    listTransactions: async ({ fromAt, toAt, startingAfter, limit }) => {
      const query = new URLSearchParams({
        startDate: koreanText(fromAt),
        endDate: koreanText(toAt),
        limit: String(limit),
        ...(startingAfter === null ? {} : { startingAfter }),
      });
      const answer = await send("GET", `/v1/transactions?${query.toString()}`);
      return answer === null ? refused(null, "NO_ANSWER") : listingOf(answer.status, answer.body);
    },
  };
}

function cancelBody({ reason, amount, receiveAccount }: CancelRequest): object {
  return {
    cancelReason: reason,
    ...(amount === null ? {} : { cancelAmount: amount }),
    ...(receiveAccount === undefined ? {} : { refundReceiveAccount: receiveAccountOf(receiveAccount) }),
  };
}

/** @see https://docs.tosspayments.com/reference#결제-취소 */
function receiveAccountOf({ bankCode, accountNumber, holderName }: ReceiveAccount): object {
  return { bank: bankCode, accountNumber, holderName };
}

/** Cut off, timed out, never connected: it may or may not have been done. A bug of ours is none of that. */
function noAnswer(error: unknown): null {
  if (error instanceof Error && error.name === "OutboundError") return null;
  throw error;
}

function listingOf(status: number, text: string): TossListing {
  const body = jsonOf(text);
  if (status !== 200) return refusalOf(status, body);
  const listing = TossTransactions.safeParse(body);
  if (!listing.success) return refused(status, "UNREADABLE_ANSWER");
  return { kind: "transactions", transactions: listing.data };
}

const ErrorBody = z.object({ code: z.string() });

function answerOf(status: number, text: string): TossAnswer {
  const body = jsonOf(text);
  if (status === 200) {
    const payment = TossPayment.safeParse(body);
    return payment.success ? { kind: "payment", payment: payment.data } : refused(status, "UNREADABLE_ANSWER");
  }
  return refusalOf(status, body);
}

function refusalOf(status: number, body: unknown) {
  const error = ErrorBody.safeParse(body);
  return refused(status, error.success ? error.data.code : `HTTP_${status}`);
}

function refused(status: number | null, code: string): Extract<TossAnswer, { kind: "refused" }> {
  return { kind: "refused", error: tossError(status, code) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
