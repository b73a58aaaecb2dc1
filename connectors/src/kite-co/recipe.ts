import type { BrowserConnector, OrderClue } from "../browser/browser-port.ts";
import { goodsOf, idOf, isSameGoods, productAddress, type Goods } from "../browser/goods.ts";
import { press } from "../browser/press.ts";
import { refused, Stop, unavailable } from "../browser/stop.ts";
import type { Walk } from "../browser/walk.ts";
import type { CancelOutcome, PlaceOutcome, PlaceRequest, StoreAccess, TrackOutcome } from "../port.ts";
import { forgetAddresses, giveAddress } from "./address-book.ts";
import { findInHistory, readOrder, shownAddress, spaced } from "./order-pages.ts";
import { signIn } from "./sign-in.ts";

/**
 * Kite & Co.: one page that draws itself, bought from with an account. It has no field for our number: what was ordered
 * is found again in the account's history, by what, where and when, and where two orders look alike a person decides.
 * Credentials: `email`, `password`. What the account pays with is the first of what it keeps.
 */
export const kiteCo: BrowserConnector = {
  name: "kite-co",
  canLookUp: true,
  hosts: [],
  isSubmit: ({ method, url }) => method === "POST" && url.pathname.endsWith("/api/orders"),
  isCall: (url) => /\/api\/(?!session\b|captcha)/.test(url),
  signs: [
    { means: "captcha", shown: (page) => page.locator("dialog#captcha") },
    { means: "queue", shown: (page) => page.locator("dialog.queue") },
    { means: "sign_in_lost", shown: (page) => page.getByText("You have been signed out") },
    { means: "overloaded", shown: (page) => page.getByText("Easy! Wait a moment.") },
  ],
  covers: [
    {
      shown: (page) => page.getByRole("dialog", { name: "Windy-day post!" }),
      close: (page) => page.getByRole("button", { name: "Maybe later" }),
    },
    {
      shown: (page) => page.getByRole("region", { name: "Cookies" }),
      close: (page) => page.getByRole("button", { name: "Only the needed ones" }),
    },
  ],
  personal: (page) => [
    page.locator(".cards li"),
    page.locator(".history .quiet"),
    page.locator('label:has([name="addressId"])'),
  ],
  showsOthers: true,
  place,
  lookUp: async (walk, access, clue) => {
    await signIn(walk, access);
    return await walk.step("look through the history", async () => await findInHistory(walk, access, clue));
  },
  cancel,
  track,
};

async function place(walk: Walk, access: StoreAccess, request: PlaceRequest): Promise<PlaceOutcome> {
  if (request.shipTo.country !== "US") throw refused("address_not_served", "address: the shop sends within the US");
  await signIn(walk, access);
  await walk.step("empty the wagon", async () => await emptyWagon(walk, access));
  await walk.step("forget earlier addresses", async () => await forgetAddresses(walk, access));
  const goods = goodsOf(request.lines);
  for (const each of goods) await walk.step(`product ${each.sku}`, async () => await addToWagon(walk, access, each));
  await walk.step("check the wagon", async () => await checkWagon(walk, access, goods));
  await walk.step("address", async () => await giveAddress(walk, request));
  await walk.step("delivery and payment", async () => await choose(walk, request.shippingOptionId));
  await walk.step("review", async () => await checkReview(walk, request, goods));
  const totalMinor = await pressButton(walk, request);
  const placed = await walk.step("confirmation", async (): Promise<PlaceOutcome> => {
    const storeOrderNumber = idOf(await walk.textOf(walk.page.locator(".order-no")));
    if (storeOrderNumber === null) return { kind: "unknown", detail: "confirmation: no number to be read" };
    return { kind: "placed", storeOrderNumber, totalMinor };
  });
  await walk
    .step("forget the address", async () => await forgetAddresses(walk, access))
    .catch((cause: unknown) => {
      // The order stands; the next one forgets what is left.
      if (!(cause instanceof Stop)) throw cause;
    });
  return placed;
}

async function emptyWagon(walk: Walk, access: StoreAccess): Promise<void> {
  const { page } = walk;
  await walk.open(`${access.baseUrl}/cart`);
  const states = {
    full: page.getByRole("button", { name: /^Remove / }),
    empty: page.getByRole("heading", { name: "Your wagon is empty" }),
  };
  for (let left = 30; left > 0; left -= 1) {
    if ((await walk.seeOneOf(states)) === "empty") return;
    const [sku = ""] = await walk.attributesOf(page.locator(".line[data-sku]").first(), "data-sku");
    await walk.click(states.full);
    await walk.gone(page.locator(`.line[data-sku="${sku}"]`));
  }
  throw unavailable("page_changed", "the wagon does not empty");
}

async function addToWagon(walk: Walk, access: StoreAccess, goods: Goods): Promise<void> {
  const { page } = walk;
  const status = await walk.open(productAddress(access, goods));
  if (status === 404) throw refused("rejected", "product: not sold here");
  const add = page.getByRole("button", { name: "Add to wagon" });
  const gone = page.getByRole("button", { name: "All gone" });
  if ((await walk.seeOneOf({ add, gone })) === "gone") throw soldOut("product");
  const chips = page.getByRole("group", { name: "Color" });
  if (goods.color !== null && (await chips.count()) > 0) {
    await walk.click(chips.getByRole("button", { name: goods.color, exact: true }));
    if ((await walk.seeOneOf({ gone, add })) === "gone") throw soldOut("color");
  }
  for (let more = 1; more < goods.quantity; more += 1)
    await walk.click(page.getByRole("button", { name: "One more", exact: true }));
  await walk.click(add);
  const answer = {
    wagon: page.getByRole("link", { name: "Look in the wagon" }),
    gone: page.getByText("has just sold out"),
  };
  if ((await walk.seeOneOf(answer)) === "gone") throw soldOut("wagon");
}

function soldOut(where: string): Error {
  return refused("out_of_stock", `${where}: sold out`);
}

async function checkWagon(walk: Walk, access: StoreAccess, goods: readonly Goods[]): Promise<void> {
  const { page } = walk;
  await walk.open(`${access.baseUrl}/cart`);
  await walk.see(page.getByRole("button", { name: "Check out" }));
  const skus = await walk.attributesOf(page.locator(".line[data-sku]"), "data-sku");
  const counts = await page.locator(".line[data-sku] output").allInnerTexts();
  const held = skus.map((sku, index) => ({ sku, quantity: Number(counts[index]) }));
  if (!isSameGoods(held, goods)) throw unavailable("page_changed", "the wagon does not hold exactly the order's lines");
  await walk.click(page.getByRole("button", { name: "Check out" }));
}

async function choose(walk: Walk, optionId: string): Promise<void> {
  const { page } = walk;
  // The deliveries come last; an option that is not among them will not come any more.
  const deliveries = page.locator('input[name="shippingOptionId"]');
  await walk.see(deliveries);
  const index = (await walk.attributesOf(deliveries, "value")).indexOf(optionId);
  if (index < 0) throw refused("rejected", "delivery: no such option");
  await walk.click(deliveries.nth(index));
  await walk.click(page.locator('input[name="paymentId"]'));
  await walk.click(page.getByRole("button", { name: "Review order" }));
}

/** Everything once more, as the shop has understood it. */
async function checkReview(walk: Walk, { shipTo }: PlaceRequest, goods: readonly Goods[]): Promise<void> {
  const { page } = walk;
  await walk.see(page.getByRole("heading", { name: "Last look" }));
  const button = page.getByRole("button", { name: "Buy now" });
  if ((await walk.seeOneOf({ gone: page.getByText(/has just sold out/), button })) === "gone") throw soldOut("review");
  const skus = await walk.attributesOf(page.locator(".last-look [data-sku]"), "data-sku");
  const text = await walk.textOf(page.locator(".last-look"));
  const isOurs =
    JSON.stringify(skus.toSorted()) === JSON.stringify(goods.map(({ sku }) => sku).toSorted()) &&
    // Letter by letter: an order that the history shows with another address would never be found again.
    spaced(text).includes(`To ${shownAddress(shipTo)}`);
  if (!isOurs) throw unavailable("page_changed", "the review is not of this order");
}

async function pressButton(walk: Walk, { currency, totalMinorMax }: PlaceRequest): Promise<number> {
  const { page } = walk;
  const toast = page.locator(".toasts");
  return await press(walk, {
    button: page.getByRole("button", { name: "Buy now" }),
    total: page.locator("[data-total]"),
    currency,
    totalMinorMax,
    confirmed: page.locator(".order-no"),
    denied: [
      { said: toast.getByText("has just sold out"), means: refused("out_of_stock", "at the button: sold out") },
      { said: toast.getByText("we do not fly there"), means: refused("address_not_served", "at the button") },
      // The next try reads the new price, and holds it against the guard.
      {
        said: toast.getByText(/A price has changed|Your wagon has changed/),
        means: unavailable("store_error", "at the button: the price or the wagon changed"),
      },
    ],
  });
}

async function track(walk: Walk, access: StoreAccess, number: string, _clue: OrderClue): Promise<TrackOutcome> {
  await signIn(walk, access);
  return await walk.step("look at the order", async () => {
    const order = await readOrder(walk, access, number);
    if (order === null) return { kind: "absent" };
    const { status, carrier, trackingNumber } = order;
    if (status === null) return { kind: "unavailable", detail: "track: a status that is not known" };
    return { kind: "tracked", status, carrier, trackingNumber, estimatedDelivery: null };
  });
}

async function cancel(walk: Walk, access: StoreAccess, number: string, _clue: OrderClue): Promise<CancelOutcome> {
  const { page } = walk;
  await signIn(walk, access);
  return await walk.step("cancel the order", async () => {
    const order = await readOrder(walk, access, number);
    if (order === null) return { kind: "refused", detail: "cancel: no such order" };
    if (order.status === "cancelled") return { kind: "cancelled" };
    const ask = page.getByRole("button", { name: "Cancel this order" });
    if ((await ask.count()) === 0) return { kind: "refused", detail: "cancel: too late" };
    // "Really cancel this order?"
    page.once("dialog", (dialog) => void dialog.accept().catch(() => undefined));
    await walk.click(ask);
    await walk.see(page.locator(".toast"));
    const now = await readOrder(walk, access, number);
    return now?.status === "cancelled"
      ? { kind: "cancelled" }
      : { kind: "refused", detail: "cancel: the shop says no" };
  });
}
