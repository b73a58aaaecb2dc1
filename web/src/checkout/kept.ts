/**
 * What must outlive a reload of this tab, and nothing else: what was typed, and the key of a payment under way. Never a
 * card: its fields are the provider's.
 */
const draftKey = "muse_checkout_draft";
const refusalKey = (sessionId: string): string => `muse_refusal_${sessionId}`;
const placeKey = (sessionId: string): string => `muse_place_${sessionId}`;

/** What the shopper typed, kept until it is used or the tab is closed. */
export type Draft = {
  readonly email: string;
  readonly name: string;
  readonly address1: string;
  readonly address2: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly phone: string;
};

export const emptyDraft: Draft = {
  email: "",
  name: "",
  address1: "",
  address2: "",
  city: "",
  state: "",
  zip: "",
  phone: "",
};

export function readDraft(): Draft {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(draftKey) ?? "{}");
    if (typeof kept !== "object" || kept === null) return emptyDraft;
    const texts = Object.entries(kept).filter(([name, value]) => name in emptyDraft && typeof value === "string");
    return { ...emptyDraft, ...Object.fromEntries(texts) };
  } catch {
    // A browser that keeps nothing: the page works, and forgets at a reload.
    return emptyDraft;
  }
}

export function keepDraft(draft: Draft): void {
  write(draftKey, JSON.stringify(draft));
}

/** Why the last attempt to pay was refused, handed from the page that heard it to the form. */
export type Refusal = { readonly code: string; readonly message: string };

export function keepRefusal(sessionId: string, refusal: Refusal): void {
  write(refusalKey(sessionId), JSON.stringify(refusal));
}

/** Reading it takes it away: it belongs to one attempt. */
export function takeRefusal(sessionId: string): Refusal | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(refusalKey(sessionId)) ?? "null");
    write(refusalKey(sessionId), null);
    return isRefusal(kept) ? { code: kept.code, message: kept.message } : null;
  } catch {
    return null;
  }
}

function isRefusal(kept: unknown): kept is Refusal {
  return typeof kept === "object" && kept !== null && "code" in kept && "message" in kept;
}

export function forgetDraft(): void {
  write(draftKey, null);
}

/**
 * A press of this tab's: the key it is sent under, and the total that was on the button. The same until it has a
 * definite end, so that a reload, a lost answer and a second click are the same payment.
 */
export type PaymentPress = { readonly key: string; readonly totalCents: number };

export function paymentPress(sessionId: string): PaymentPress | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(placeKey(sessionId)) ?? "null");
    return isPress(kept) ? { key: kept.key, totalCents: kept.totalCents } : null;
  } catch {
    return null;
  }
}

function isPress(kept: unknown): kept is PaymentPress {
  if (typeof kept !== "object" || kept === null || !("key" in kept) || !("totalCents" in kept)) return false;
  return typeof kept.key === "string" && typeof kept.totalCents === "number";
}

export function beginPayment(sessionId: string, totalCents: number): PaymentPress {
  const press = { key: crypto.randomUUID(), totalCents };
  write(placeKey(sessionId), JSON.stringify(press));
  return press;
}

export function endPayment(sessionId: string): void {
  write(placeKey(sessionId), null);
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, value);
  } catch {
    // Storage is full or forbidden: Muse's own state still keeps a session from being paid twice.
  }
}
