import { must } from "#kernel/assert.ts";
import { newId } from "#kernel/ids.ts";
import type { Currency } from "#kernel/money.ts";
import type { Db } from "#platform/db/query.ts";
import type { OnStoreFailure } from "@muse/contracts/checkout";
import type { Language } from "@muse/contracts/error";
import { contactChange, sessionCancel, sessionPayWith, sessionRead, sessionStart } from "./checkout.sql.gen.ts";
import { freshState, stateOf, type SessionState } from "./present.ts";
import { sessionTtlS } from "./rules.ts";

type SessionOf = { readonly sessionId: string; readonly accountId: string };

export type StartRefusal =
  | "cart_empty"
  | "mixed_currency"
  | "product_not_found"
  | "product_unavailable"
  | "out_of_stock"
  | "already_purchased"
  | "self_purchase"
  | "payment_in_progress"
  | "shipping_address_required";

export type StartInput = {
  readonly accountId: string;
  /** The language the shopper reads in; mails about this checkout are written in it. */
  readonly locale?: Language;
  /** One of each of these digital products, instead of what is in the cart. */
  readonly productIds?: readonly string[] | null;
  /** What of the cart is in this currency alone: where there are two, each is paid for by itself. */
  readonly currency?: Currency | null;
};

export type StartedSession =
  | { readonly kind: "started" | "existing"; readonly state: SessionState }
  /** `items` names what stands in the way, as `[{ itemId, title, … }]`. */
  | { readonly kind: StartRefusal; readonly items: unknown };

/**
 * Freezes what is to be bought: prices locked and stock reserved for thirty minutes. The same goods, the same session.
 */
export async function startSession(
  db: Db,
  { accountId, locale = "en", productIds = null, currency = null }: StartInput,
): Promise<StartedSession> {
  const row = await sessionStart(db, {
    accountId,
    sessionId: newId("cs"),
    ttlSeconds: sessionTtlS,
    locale,
    productIds: productIds === null ? null : [...productIds],
    currency,
  });
  switch (row.outcome) {
    case "started":
      return { kind: "started", state: freshState(row.session) };
    case "existing":
      return { kind: "existing", state: freshState(row.session) };
    default:
      return { kind: row.outcome as StartRefusal, items: row.problem };
  }
}

/** The whole session, or null when there is none or it is somebody else's (P3). */
export async function readSession(db: Db, of: SessionOf): Promise<SessionState | null> {
  const row = await sessionRead(db, of);
  return row === null ? null : stateOf(row);
}

/** Why a session takes no more changes. `processing` is a payment in the air; the rest are ends. */
export type SessionClosed = "not_found" | "expired" | "cancelled" | "processing" | "completed" | "failed";

export type Noted = { readonly kind: "noted"; readonly state: SessionState } | { readonly kind: SessionClosed };

export type PayWith = SessionOf & {
  readonly paymentMethodId: string | null;
  readonly onStoreFailure: OnStoreFailure | null;
};

/** Notes the provider's token, and what is wanted when a store fails. */
export async function payWith(db: Db, input: PayWith): Promise<Noted> {
  const row = await sessionPayWith(db, input);
  if (row.outcome !== "noted") return { kind: row.outcome as SessionClosed };
  return { kind: "noted", state: freshState(must(row.session, "a noted session is answered")) };
}

/** So often may the address of one checkout be corrected. */
const contactChangesMax = 10;

export type ContactChanged = { readonly kind: "changed" | Exclude<SessionClosed, "processing"> | "too_often" };

/** Corrects where mails go, also after the purchase, until everything has been delivered or has ended. */
export async function changeContact(db: Db, input: SessionOf & { readonly email: string }): Promise<ContactChanged> {
  const { outcome } = await contactChange(db, { ...input, changesMax: contactChangesMax });
  return { kind: outcome as ContactChanged["kind"] };
}

export type Cancelled = { readonly kind: "cancelled" | "not_found" | "expired" | "processing" | "closed" };

/** Gives back what the session holds. Cancelling again changes nothing. */
export async function cancelSession(db: Db, of: SessionOf): Promise<Cancelled> {
  const { outcome } = await sessionCancel(db, of);
  return { kind: outcome as Cancelled["kind"] };
}
