import { setTimeout as delay } from "node:timers/promises";
import type { Visit } from "./behaviour.ts";
import { GoneError, StoryError, type Customer, type Said } from "./customer.ts";
import type { Variant } from "./shop.ts";

/** The steps that behaviours are made of. */

export type SessionSeen = {
  readonly sessionId: string;
  readonly status: string;
  readonly payment: string;
  readonly latePayment: string | null;
  readonly cartSnapshot: { readonly summary: { readonly totalCents: number } };
  readonly orders: readonly OrderSeen[];
};
export type OrderSeen = {
  readonly museOrderNumber: string;
  readonly storeName: string;
  readonly storeOrderNumber: string | null;
  readonly status: string;
};
export type PlaceSeen = {
  readonly checkoutSessionId: string;
  readonly payment: string;
  readonly orders: readonly OrderSeen[];
};

export const cards = {
  good: ["pm_card_visa", "pm_card_mastercard", "pm_card_amex", "pm_card_discover"],
  bad: ["pm_card_visa_chargeDeclined", "pm_card_visa_chargeDeclinedInsufficientFunds"],
  challenged: ["pm_card_threeDSecure2Required", "pm_card_authenticationRequired"],
} as const;

export const sessionPath = (sessionId: string, rest = ""): string => `/api/v1/checkout/sessions/${sessionId}${rest}`;

const streets = [
  { city: "New York", state: "NY", zip: "10036" },
  { city: "Austin", state: "TX", zip: "78701" },
  { city: "Portland", state: "OR", zip: "97201" },
];

/** Refusals that any shopper may meet and that end the visit. */
const endings = ["out_of_stock", "product_unavailable", "amount_too_small"];

/** From one to three stores, mostly those with an API, now and then what is scarce or of a web shop. */
export function wishes({ random, shop }: Visit): Variant[] {
  const atWebShops = shop.variants.filter(({ isAtWebShop }) => isAtWebShop);
  const others = shop.variants.filter(({ isAtWebShop, isScarce }) => !isAtWebShop && !isScarce);
  const wanted = random.some(others, random.pick([1, 1, 2, 2, 3]));
  if (random.chance(shop.webShare)) wanted.push(random.pick(atWebShops));
  if (random.chance(0.12)) wanted.push(...shop.variants.filter(({ isScarce }) => isScarce));
  return wanted;
}

export async function fillCart(
  { customer, random }: Visit,
  wanted: readonly Pick<Variant, "productId" | "variantId">[],
  quantities: readonly number[] = [1, 1, 1, 2],
): Promise<void> {
  const items = wanted.map(({ productId, variantId }) => ({
    productId,
    variantId,
    quantity: random.pick(quantities),
  }));
  orGone(await customer.ask("POST /api/v1/cart/items/batch", { body: { items } }));
}

/** @param also refusals that end the visit, beside those that any shopper may meet */
export async function startSession(
  visit: Visit,
  body: { readonly productIds?: readonly string[] } = {},
  also: readonly string[] = [],
): Promise<SessionSeen> {
  const said = orGone(await visit.customer.ask("POST /api/v1/checkout/sessions", { body }), also);
  const session = said.data as SessionSeen;
  visit.sessions.add(session.sessionId);
  return session;
}

export async function giveAddress(visit: Visit, sessionId: string): Promise<void> {
  const { customer, random } = visit;
  const { name, phone } = personOf(visit, sessionId);
  const body = { name, address1: "120 W 45th St", ...random.pick(streets), country: "US", phone };
  const email = { email: "dana.harbor@example.com" };
  orGone(await customer.ask(`PUT ${sessionPath(sessionId, "/shipping")}`, { body: { ...body, ...email } }));
}

/**
 * Every third shopper shares one name, so that a store without our number has orders which look alike. The telephone is
 * each session's own, and no recipe looks at it: with it can be told afterwards what was ordered for whom.
 */
function personOf({ customer, sessions }: Visit, sessionId: string): { readonly name: string; readonly phone: string } {
  const number = Number(/\d+$/.exec(customer.name)?.[0] ?? 0);
  const letters = String(number).replaceAll(/\d/g, (digit) => "aeiouklmnr".charAt(Number(digit)));
  const ownNumber = String(number * 10 + ([...sessions].indexOf(sessionId) % 10)).padStart(6, "0");
  return { name: number % 3 === 0 ? "Dana Harbor" : `Dana M${letters}`, phone: `2125${ownNumber}` };
}

/** From an empty cart to the button, card in hand. @returns the session's id */
export async function checkOut(visit: Visit, card: string, wanted = wishes(visit)): Promise<string> {
  await fillCart(visit, wanted);
  const { sessionId } = await startSession(visit);
  await giveAddress(visit, sessionId);
  await payWith(visit.customer, sessionId, { paymentMethodId: card });
  return sessionId;
}

export type PayWith = { readonly paymentMethodId?: string; readonly onStoreFailure?: string };

/** Waits while a payment is in the air. @returns whether it was noted; not, when the session takes no more changes */
export async function payWith(customer: Customer, sessionId: string, body: PayWith): Promise<boolean> {
  for (;;) {
    const said = await customer.ask(`PUT ${sessionPath(sessionId, "/payment")}`, { body });
    if (said.code === null) return true;
    if (closedCodes.includes(said.code)) return false;
    if (said.code !== "session_processing") throw refused("naming a card", said);
    await delay(300);
  }
}

export const closedCodes: readonly string[] = ["session_expired", "session_cancelled", "session_closed"];

const placeCodes = [...closedCodes, "payment_declined", "payment_action_required", "session_processing"];

/** Presses the button until it says something. Sometimes without a key: it must be safe then, too. */
export async function press(
  { customer, random }: Visit,
  sessionId: string,
  also: readonly string[] = [],
): Promise<Said> {
  const key = random.chance(0.3) ? { key: null } : {};
  const said = await customer.ask(`POST ${sessionPath(sessionId, "/place")}`, { body: {}, ...key });
  return placeWord(said, also);
}

/** @throws StoryError for an answer that nobody expects of `place`, nor of what is bought here */
export function placeWord(said: Said, also: readonly string[] = []): Said {
  if (said.code === null || placeCodes.includes(said.code) || also.includes(said.code)) return said;
  throw refused("placing", said);
}

/**
 * Pays with one card after the other until one is taken, meeting the bank's challenges. @returns what was said last:
 * without a code, it is paid or being looked into
 */
export async function pay(visit: Visit, sessionId: string, also: readonly string[] = []): Promise<Said> {
  const { customer, random } = visit;
  for (let tries = 1; ; tries += 1) {
    const said = await press(visit, sessionId, also);
    if (said.code === "payment_action_required") {
      await meetChallenge(visit, said);
      continue;
    }
    // A provider in trouble declines whatever card it is shown: three are enough for anybody.
    if (said.code !== "payment_declined" || tries >= 3) return said;
    if (!(await payWith(customer, sessionId, { paymentMethodId: random.pick(cards.good) }))) return said;
  }
}

/** The card's owner tells their bank that it is them. */
export async function meetChallenge(visit: Visit, said: Said): Promise<void> {
  visit.acts.push(Date.now());
  await visit.shop.sandbox.passChallenge(intentOf(said));
}

export function intentOf({ details }: Said): string {
  const [intentId = ""] = String(details["clientSecret"]).split("_secret_");
  return intentId;
}

export async function readSession(customer: Customer, sessionId: string): Promise<SessionSeen> {
  return await customer.get<SessionSeen>(`GET ${sessionPath(sessionId)}`);
}

/** Looks again and again, for a while. @returns the session as last seen */
export async function watchSession(
  { customer, random }: Visit,
  sessionId: string,
  isEnough: (session: SessionSeen) => boolean,
  msMax = 15_000,
): Promise<SessionSeen> {
  const deadlineMs = performance.now() + msMax;
  for (;;) {
    const session = await readSession(customer, sessionId);
    if (isEnough(session) || performance.now() > deadlineMs) return session;
    await delay(random.int(150, 500));
  }
}

export const isOver = ({ status }: SessionSeen): boolean => status !== "pending" && status !== "processing";

/** The half hour of a session is over, for its stock too. */
export async function endTime({ shop: { query } }: Visit, sessionId: string): Promise<void> {
  await query(
    "update checkout.session set expires_at = now() - interval '1 s' where session_id = $1 and status in ('pending', 'processing')",
    [sessionId],
  );
}

/** @throws GoneError for what ends a visit, StoryError for what nobody may be told */
function orGone(said: Said, also: readonly string[] = []): Said {
  if (said.code === null) return said;
  if (endings.includes(said.code) || also.includes(said.code)) throw new GoneError(said.code);
  throw refused("a step", said);
}

export function refused(what: string, said: Said): StoryError {
  return new StoryError(`${what} was answered with ${said.status} ${said.code} ${JSON.stringify(said.details)}`);
}
