import type { Language } from "@muse/contracts/error";
import { newId } from "#kernel/ids.ts";
import type { Db } from "#platform/db/query.ts";
import { tossOrderOpen } from "#rooms/payment";
import type { SessionRecord } from "./record.ts";
import { payableCurrencies } from "./rules.ts";
import { readSession } from "./session-commands.ts";

export type OpenTossOrder = {
  readonly sessionId: string;
  readonly accountId: string;
  /** Of the name that the payer reads in Toss's window. */
  readonly language: Language;
};

export type OpenedTossOrder =
  | { readonly kind: "opened"; readonly orderId: string; readonly amountMinor: bigint; readonly orderName: string }
  | {
      readonly kind:
        | "session_not_found"
        | "session_expired"
        | "session_cancelled"
        | "session_processing"
        | "session_closed"
        | "shipping_address_required"
        | "currency_not_supported"
        | "amount_too_small";
    };

/**
 * Keeps what is on the button under a name that nobody guesses, before Toss's window opens. When its payer comes back
 * that amount decides, and the session must still come to it (M6).
 */
export async function openTossOrder(db: Db, { language, ...of }: OpenTossOrder): Promise<OpenedTossOrder> {
  const state = await readSession(db, of);
  if (state === null) return { kind: "session_not_found" };
  const { session } = state;
  const refusal = refusalOf(session);
  if (refusal !== null) return { kind: refusal };
  const orderId = newId("to");
  const amountMinor = BigInt(session.totalMinor);
  await tossOrderOpen(db, { orderId, sessionId: of.sessionId, amountMinor });
  return { kind: "opened", orderId, amountMinor, orderName: orderNameOf(session, language) };
}

function refusalOf(session: SessionRecord): Exclude<OpenedTossOrder["kind"], "opened"> | null {
  switch (session.status) {
    case "processing":
      return "session_processing";
    case "completed":
    case "failed":
      return "session_closed";
    case "expired":
      return "session_expired";
    case "cancelled":
      return "session_cancelled";
    case "pending":
      break;
  }
  if (session.secondsLeft === 0) return "session_expired";
  if (session.currency !== "KRW") return "currency_not_supported";
  if (session.needsShipping && session.quote === null) return "shipping_address_required";
  return session.totalMinor < amountMinMinor ? "amount_too_small" : null;
}

const amountMinMinor = payableCurrencies.find(({ currency }) => currency === "KRW")?.amountMinMinor ?? 0;

/** Toss takes a hundred characters. */
const nameLengthMax = 100;

/** "토스 티셔츠 외 2건", "A shirt and 2 more" */
function orderNameOf({ snapshot, itemCount }: SessionRecord, language: Language): string {
  const title = snapshot.groups[0]?.items[0]?.title ?? "Muse";
  const others = itemCount - 1;
  const rest = others === 0 ? "" : language === "ko" ? ` 외 ${others}건` : ` and ${others} more`;
  // A letter cut in two at the end would be no text any more.
  return title.slice(0, nameLengthMax - rest.length).toWellFormed() + rest;
}
