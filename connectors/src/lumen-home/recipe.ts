import type { Page } from "playwright-core";

import type { BrowserConnector, OrderClue } from "../browser/browser-port.ts";
import { goodsOf, idOf, isSameGoods, productAddress, type Goods } from "../browser/goods.ts";
import { press } from "../browser/press.ts";
import { refused, unavailable } from "../browser/stop.ts";
import type { Walk } from "../browser/walk.ts";
import type {
  Address,
  CancelOutcome,
  LookUpOutcome,
  PlaceOutcome,
  PlaceRequest,
  StoreAccess,
  TrackOutcome,
} from "../port.ts";
import { readOrder } from "./read-order.ts";

/**
 * Lumen Home: plain pages and forms, bought from as a guest. Paid by invoice to our trade account; our number is the
 * PO number, by which, with the email, orders are found again. Credentials: `tradeAccount`, `tradePin`.
 */
export const lumenHome: BrowserConnector = {
  name: "lumen-home",
  canLookUp: true,
  hosts: [],
  isSubmit: ({ method, url }) => method === "POST" && url.pathname.endsWith("/checkout/place"),
  isCall: () => false,
  signs: [
    { means: "captcha", shown: (page) => page.locator("#captcha-form") },
    { means: "sign_in_lost", shown: (page) => page.getByText("Your visit timed out") },
  ],
  covers: [
    {
      shown: (page) => page.getByRole("dialog", { name: "The Sunday letter" }),
      close: (page) => page.getByRole("dialog").getByRole("button", { name: "No, thank you" }),
    },
  ],
  personal: () => [],
  showsOthers: false,
  place,
  lookUp: async (walk, access, { reference, contactEmail }) =>
    await findByReference(walk, access, reference, contactEmail),
  cancel,
  track,
};

async function place(walk: Walk, access: StoreAccess, request: PlaceRequest): Promise<PlaceOutcome> {
  const earlier = await findByReference(walk, access, request.reference, request.contactEmail);
  if (earlier.kind === "unavailable") throw unavailable("store_error", earlier.detail);
  if (earlier.kind === "found") return { ...earlier, kind: "placed" };
  await walk.step("empty the basket", async () => await emptyBasket(walk, access));
  const goods = goodsOf(request.lines);
  for (const each of goods) await walk.step(`product ${each.sku}`, async () => await addToBasket(walk, access, each));
  await walk.step("check the basket", async () => await checkBasket(walk, goods));
  await walk.step("address", async () => await giveAddress(walk, request));
  await walk.step("delivery", async () => await chooseDelivery(walk, request.shippingOptionId));
  await walk.step("payment", async () => await choosePayment(walk, access, request.reference));
  await walk.step("review", async () => await checkReview(walk, request, goods));
  const totalMinor = await pressButton(walk, request);
  return await walk.step("confirmation", async () => {
    const storeOrderNumber = idOf(await walk.textOf(walk.page.locator("#order-number")));
    if (storeOrderNumber === null) return { kind: "unknown", detail: "confirmation: no number to be read" };
    return { kind: "placed", storeOrderNumber, totalMinor };
  });
}

async function emptyBasket(walk: Walk, access: StoreAccess): Promise<void> {
  const { page } = walk;
  await walk.open(`${access.baseUrl}/cart`);
  const remove = page.locator("button[name=remove]");
  const states = { full: remove, empty: page.getByRole("heading", { name: "Your basket is empty" }) };
  for (let left = 30; left > 0; left -= 1) {
    if ((await walk.seeOneOf(states)) === "empty") return;
    const [sku = ""] = await walk.attributesOf(remove.first(), "value");
    await walk.click(remove);
    await walk.gone(page.locator(`button[name=remove][value="${sku}"]`));
  }
  throw unavailable("page_changed", "the basket does not empty");
}

async function addToBasket(walk: Walk, access: StoreAccess, goods: Goods): Promise<void> {
  const { page } = walk;
  const status = await walk.open(productAddress(access, goods));
  if (status === 404) throw refused("rejected", "product: not sold here");
  const add = page.getByRole("button", { name: "Add to basket" });
  if ((await walk.seeOneOf({ add, gone: page.getByText(/^Sold out/) })) === "gone") throw soldOut("product");
  for (const [label, wanted] of [
    ["Size", goods.size],
    ["Color", goods.color],
  ] as const) {
    const list = page.getByLabel(label, { exact: true });
    if (wanted === null || (await list.count()) === 0) continue;
    if (!(await walk.choose(list, wanted))) throw soldOut(label.toLowerCase());
  }
  await walk.type(page.getByLabel("Quantity", { exact: true }), String(goods.quantity));
  await walk.click(add);
  const answer = { basket: page.getByRole("heading", { name: "Your basket" }), refusal: page.getByRole("alert") };
  if ((await walk.seeOneOf(answer)) === "basket") return;
  const said = await walk.textOf(answer.refusal);
  throw /do not have that many/i.test(said) ? soldOut("basket") : refused("rejected", `basket: ${said.slice(0, 100)}`);
}

function soldOut(where: string): Error {
  return refused("out_of_stock", `${where}: sold out`);
}

async function checkBasket(walk: Walk, goods: readonly Goods[]): Promise<void> {
  const { page } = walk;
  await walk.see(page.getByRole("link", { name: "Go to checkout" }));
  const fields = page.locator('input[name^="quantity-"]');
  const names = await walk.attributesOf(fields, "name");
  const values = await walk.attributesOf(fields, "value");
  const held = names.map((name, index) => ({
    sku: name.replace("quantity-", ""),
    quantity: Number(values[index]),
  }));
  if (!isSameGoods(held, goods))
    throw unavailable("page_changed", "the basket does not hold exactly the order's lines");
}

async function giveAddress(walk: Walk, { shipTo, contactEmail }: PlaceRequest): Promise<void> {
  const { page } = walk;
  if (shipTo.country !== "US") throw refused("address_not_served", "address: the shop delivers in the US");
  await walk.click(page.getByRole("link", { name: "Go to checkout" }));
  const email = page.getByLabel("Email address");
  const offer = page.getByRole("button", { name: /^No, thank you/ });
  if ((await walk.seeOneOf({ email, offer })) === "offer") await walk.click(offer);
  await walk.type(email, contactEmail);
  for (const [label, text] of addressFields(shipTo)) await walk.type(page.getByLabel(label), text);
  if (!(await walk.choose(page.getByLabel("State"), shipTo.state)))
    throw refused("address_not_served", "address: no such state");
  await walk.click(page.getByRole("button", { name: "Continue to delivery" }));
  const next = { delivery: deliveries(page), wrong: errorBox(page) };
  if ((await walk.seeOneOf(next)) === "wrong") throw refused("address_not_served", "address: the shop refuses it");
}

function addressFields(shipTo: Address): readonly (readonly [label: string, text: string])[] {
  return [
    ["Full name", shipTo.name],
    ["Street address", shipTo.address1],
    ["Apartment, suite, floor", shipTo.address2 ?? ""],
    ["City", shipTo.city],
    ["ZIP code", shipTo.zip],
    ["Phone, for the driver", shipTo.phone ?? ""],
  ];
}

const deliveries = (page: Page) => page.getByRole("group", { name: "How should it come?" });
const errorBox = (page: Page) => page.getByRole("alert").filter({ hasText: "Please look at this again" });

async function chooseDelivery(walk: Walk, optionId: string): Promise<void> {
  const { page } = walk;
  const ways = (await walk.see(deliveries(page))).getByRole("radio");
  const index = (await walk.attributesOf(ways, "value")).indexOf(optionId);
  if (index < 0) throw refused("rejected", "delivery: no such option");
  await walk.click(ways.nth(index));
  await walk.click(page.getByRole("button", { name: "Continue to payment" }));
}

async function choosePayment(walk: Walk, access: StoreAccess, reference: string): Promise<void> {
  const { page } = walk;
  const { tradeAccount = "", tradePin = "" } = access.credentials;
  await walk.click(page.getByRole("radio", { name: /^Invoice/ }));
  await walk.paste(page.getByLabel("Account number"), tradeAccount);
  await walk.paste(page.getByLabel("Account PIN"), tradePin);
  await walk.type(page.getByLabel("PO number"), reference);
  await walk.click(page.getByRole("button", { name: "Continue to review" }));
  const next = { review: page.locator("[data-sum=total]"), wrong: errorBox(page) };
  if ((await walk.seeOneOf(next)) === "wrong") throw unavailable("credentials", "payment: the account is not taken");
}

/** Everything once more, as the shop has understood it. */
async function checkReview(walk: Walk, request: PlaceRequest, goods: readonly Goods[]): Promise<void> {
  const { page } = walk;
  const button = page.getByRole("button", { name: "Place order" });
  if ((await walk.seeOneOf({ button, gone: page.getByText(/has sold out/) })) === "gone") throw soldOut("review");
  const skus = await walk.attributesOf(page.locator(".review-lines [data-sku]"), "data-sku");
  const address = await walk.textOf(page.locator("address"));
  const reference = await walk.textOf(page.locator("[data-reference]"));
  const isOurs =
    JSON.stringify(skus.toSorted()) === JSON.stringify(goods.map(({ sku }) => sku).toSorted()) &&
    address.includes(request.shipTo.address1) &&
    address.includes(request.shipTo.zip) &&
    reference === request.reference;
  if (!isOurs) throw unavailable("page_changed", "the review is not of this order");
}

async function pressButton(walk: Walk, { currency, totalMinorMax }: PlaceRequest): Promise<number> {
  const { page } = walk;
  const notice = page.getByRole("alert").filter({ hasText: "Nothing was ordered" });
  return await press(walk, {
    button: page.getByRole("button", { name: "Place order" }),
    total: page.locator("[data-sum=total]"),
    currency,
    totalMinorMax,
    confirmed: page.locator("#order-number"),
    denied: [
      { said: notice.filter({ hasText: "sold out" }), means: refused("out_of_stock", "at the button: sold out") },
      { said: notice.filter({ hasText: "do not deliver" }), means: refused("address_not_served", "at the button") },
      // The next try reads the new price, and holds it against the guard.
      { said: notice, means: unavailable("store_error", "at the button: the price or the basket changed") },
    ],
  });
}

async function findByReference(
  walk: Walk,
  access: StoreAccess,
  reference: string,
  email: string,
): Promise<LookUpOutcome> {
  return await walk.step("look for the order", async () => {
    const order = await readOrder(walk, access, reference, email);
    if (order === null) return { kind: "absent" };
    if (order.reference !== reference) return { kind: "unavailable", detail: "look-up: somebody else's order" };
    return { kind: "found", storeOrderNumber: order.number, totalMinor: order.totalMinor };
  });
}

async function track(walk: Walk, access: StoreAccess, number: string, clue: OrderClue): Promise<TrackOutcome> {
  return await walk.step("look at the order", async () => {
    const order = await readOrder(walk, access, number, clue.contactEmail);
    if (order === null) return { kind: "absent" };
    const { status, carrier, trackingNumber } = order;
    if (status === null) return { kind: "unavailable", detail: "track: a status that is not known" };
    return { kind: "tracked", status, carrier, trackingNumber, estimatedDelivery: null };
  });
}

async function cancel(walk: Walk, access: StoreAccess, number: string, clue: OrderClue): Promise<CancelOutcome> {
  const { page } = walk;
  return await walk.step("cancel the order", async () => {
    const order = await readOrder(walk, access, number, clue.contactEmail);
    if (order === null) return { kind: "refused", detail: "cancel: no such order" };
    if (order.status === "cancelled") return { kind: "cancelled" };
    const ask = page.locator(`[data-order="${number}"]`).getByRole("link", { name: "Cancel this order" });
    if ((await ask.count()) === 0) return { kind: "refused", detail: "cancel: too late" };
    await walk.click(ask);
    await walk.click(page.getByRole("button", { name: "Cancel this order" }));
    await walk.see(page.getByRole("status"));
    const [now] = await walk.attributesOf(page.locator(`[data-order="${number}"] [data-status]`), "data-status");
    return now === "cancelled" ? { kind: "cancelled" } : { kind: "refused", detail: "cancel: the shop says no" };
  });
}
