import type { Locator } from "playwright-core";

import type { OrderClue } from "../browser/browser-port.ts";
import { goodsOf, idOf, isSameGoods } from "../browser/goods.ts";
import { parcelIn, type Parcel } from "../browser/parcel.ts";
import { readMinor } from "../browser/read-money.ts";
import type { Walk } from "../browser/walk.ts";
import type { Address, LookUpOutcome, StoreAccess, TrackStatus } from "../port.ts";

/** The store's clock and ours may differ by this much. */
const clocksApartMs = 120_000;
/** Newest first; what is older than these was not ordered a moment ago. */
const cardsMax = 40;

/** The one order in the account's history that can be this one: what, where, when, and nobody else's. */
export async function findInHistory(walk: Walk, access: StoreAccess, clue: OrderClue): Promise<LookUpOutcome> {
  const { page } = walk;
  await walk.open(`${access.baseUrl}/orders`);
  const cards = page.locator("[data-order]");
  if ((await walk.seeOneOf({ cards, none: page.getByText("Nothing yet.") })) === "none") return { kind: "absent" };
  const found: Card[] = [];
  for (const card of (await cards.all()).slice(0, cardsMax)) {
    const read = await readCard(walk, card);
    if (read !== null && isThisOne(read, clue)) found.push(read);
  }
  const [only] = found;
  if (only === undefined) return { kind: "absent" };
  // Two that look alike: guessing would give one shopper's order to another.
  if (found.length > 1) return { kind: "unsupported" };
  return { kind: "found", storeOrderNumber: only.number, totalMinor: only.totalMinor };
}

type Card = {
  readonly number: string;
  readonly placedAtMs: number;
  readonly totalMinor: number | null;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  readonly to: string;
};

async function readCard(walk: Walk, card: Locator): Promise<Card | null> {
  const [shown = ""] = await walk.attributesOf(card, "data-order");
  const [placedAt = ""] = await walk.attributesOf(card.locator("time"), "datetime");
  const lines = card.locator("[data-sku]");
  const skus = await walk.attributesOf(lines, "data-sku");
  const quantities = await walk.attributesOf(lines, "data-quantity");
  const text = await walk.textOf(card);
  const number = idOf(shown);
  if (number === null) return null;
  return {
    number,
    placedAtMs: Date.parse(placedAt),
    totalMinor: readMinor(/\$[\d,]+\.\d\d/.exec(text)?.[0] ?? "", "USD"),
    lines: skus.map((sku, index) => ({ sku, quantity: Number(quantities[index]) })),
    to: spaced(text.slice(text.lastIndexOf("To ") + 3)),
  };
}

/** An address as the shop shows it, on its last page as in its history. */
export function shownAddress({ name, address1, address2, city, state, zip }: Address): string {
  const parts = [name, address1, address2 ?? "", `${city}, ${state} ${zip}`].map(spaced);
  return parts.filter((part) => part !== "").join(", ");
}

/** No page shows how many spaces there are. */
export const spaced = (text: string): string => text.replaceAll(/\s+/g, " ").trim();

function isThisOne(card: Card, clue: OrderClue): boolean {
  return (
    !clue.otherOrderNumbers.includes(card.number) &&
    card.placedAtMs >= clue.pressedFrom.getTime() - clocksApartMs &&
    card.placedAtMs <= clue.pressedUntil.getTime() + clocksApartMs &&
    card.to === shownAddress(clue.shipTo) &&
    isSameGoods(card.lines, goodsOf(clue.lines))
  );
}

type Order = Parcel & { readonly status: TrackStatus | null };

const statuses: readonly TrackStatus[] = ["placed", "confirmed", "shipped", "delivered", "cancelled"];

/** One order's page; null when the shop says that there is none. */
export async function readOrder(walk: Walk, access: StoreAccess, number: string): Promise<Order | null> {
  const { page } = walk;
  await walk.open(`${access.baseUrl}/orders/${encodeURIComponent(number)}`);
  const order = page.getByRole("heading", { name: `Order ${number}`, exact: true });
  if ((await walk.seeOneOf({ order, none: page.getByText("We could not find that.") })) === "none") return null;
  const [badge = ""] = await walk.attributesOf(page.locator(".badge"), "class");
  const status = statuses.find((known) => badge.split(" ").includes(`badge--${known}`)) ?? null;
  return { status, ...(await parcelIn(walk, page.locator("#main"))) };
}
