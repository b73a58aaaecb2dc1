import type { Locator, Page } from "playwright-core";

import type { BrowserConnector, OrderClue } from "../browser/browser-port.ts";
import { goodsOf, idOf, isSameGoods, productAddress, type Goods } from "../browser/goods.ts";
import { press } from "../browser/press.ts";
import { refused, unavailable } from "../browser/stop.ts";
import type { Walk } from "../browser/walk.ts";
import type { CancelOutcome, LookUpOutcome, PlaceOutcome, PlaceRequest, StoreAccess, TrackOutcome } from "../port.ts";
import { readSlip } from "./read-slip.ts";

/**
 * Pinecrest Books: pages with hand-made lists and one long form, bought from as a guest on an institution's account.
 * Our number is "Your reference"; with the ZIP it finds the order again. Credentials: `institutionAccount`.
 */
export const pinecrest: BrowserConnector = {
  name: "pinecrest",
  canLookUp: true,
  hosts: [],
  isSubmit: ({ method, url }) => method === "POST" && url.pathname.endsWith("/checkout/submit"),
  isCall: () => false,
  signs: [
    { means: "captcha", shown: (page) => page.locator("#challenge-form") },
    { means: "queue", shown: (page) => page.locator("#queue-position") },
    { means: "sign_in_lost", shown: (page) => page.getByText("Your session has ended") },
  ],
  covers: [
    {
      shown: (page) => page.getByRole("dialog", { name: "A tote for a review?" }),
      close: (page) => page.getByRole("button", { name: "Not today" }),
    },
  ],
  personal: () => [],
  showsOthers: false,
  place,
  lookUp: async (walk, access, { reference, shipTo }) => await findByReference(walk, access, reference, shipTo.zip),
  cancel,
  track,
};

async function place(walk: Walk, access: StoreAccess, request: PlaceRequest): Promise<PlaceOutcome> {
  const { reference, shipTo } = request;
  if (shipTo.country !== "US") throw refused("address_not_served", "address: the shop posts in the US");
  const earlier = await findByReference(walk, access, reference, shipTo.zip);
  if (earlier.kind === "unavailable") throw unavailable("store_error", earlier.detail);
  if (earlier.kind === "found") return { ...earlier, kind: "placed" };
  await walk.step("empty the bag", async () => await emptyBag(walk, access));
  const goods = goodsOf(request.lines);
  for (const each of goods) await walk.step(`product ${each.sku}`, async () => await putInBag(walk, access, each));
  await walk.step("check the bag", async () => await checkBag(walk, goods));
  await walk.step("the till", async () => await goToTill(walk));
  await walk.step("address", async () => await giveAddress(walk, request));
  await walk.step("postage and payment", async () => await choose(walk, access, request));
  await walk.step("review", async () => await checkReview(walk, request, goods));
  const totalMinor = await pressButton(walk, request);
  return await walk.step("confirmation", async () => {
    const storeOrderNumber = idOf(await walk.textOf(walk.page.locator(".order-number")));
    if (storeOrderNumber === null) return { kind: "unknown", detail: "confirmation: no number to be read" };
    return { kind: "placed", storeOrderNumber, totalMinor };
  });
}

async function emptyBag(walk: Walk, access: StoreAccess): Promise<void> {
  const { page } = walk;
  await walk.open(`${access.baseUrl}/bag`);
  const states = { full: page.locator(".bag-line"), empty: page.getByText("Nothing in it yet.") };
  for (let left = 30; left > 0; left -= 1) {
    if ((await walk.seeOneOf(states)) === "empty") return;
    const [sku = ""] = await walk.attributesOf(states.full.first(), "data-sku");
    await walk.click(page.getByRole("button", { name: /^Put back/ }));
    await walk.gone(page.locator(`.bag-line[data-sku="${sku}"]`));
  }
  throw unavailable("page_changed", "the bag does not empty");
}

/** The shop's list of copies ends at ten: more of a thing goes into the bag in turns. */
const copiesMax = 10;

async function putInBag(walk: Walk, access: StoreAccess, goods: Goods): Promise<void> {
  for (let left = goods.quantity; left > 0; left -= copiesMax) {
    await putCopiesInBag(walk, access, goods, Math.min(left, copiesMax));
  }
}

async function putCopiesInBag(walk: Walk, access: StoreAccess, goods: Goods, copies: number): Promise<void> {
  const { page } = walk;
  const status = await walk.open(productAddress(access, goods));
  if (status === 404) throw refused("rejected", "product: not sold here");
  const add = page.getByRole("button", { name: "Put in my bag" });
  if ((await walk.seeOneOf({ add, gone: page.getByText(/^Out of stock/) })) === "gone") throw soldOut("product");
  // A thing of one kind has no list, only the field.
  if ((await listButton(page, "Edition").count()) > 0 && !(await pick(walk, "Edition", goods.sku)))
    throw soldOut("edition");
  const [chosen] = await walk.attributesOf(page.locator(".to-bag [name=sku]"), "value");
  if (chosen !== goods.sku) throw unavailable("page_changed", "another edition is chosen");
  if (!(await pick(walk, "Copies", String(copies)))) throw refused("rejected", "product: so many are not sold at once");
  await walk.click(add);
  const answer = { bag: page.getByRole("heading", { name: "Your bag" }), refusal: page.getByRole("alert") };
  if ((await walk.seeOneOf(answer)) === "bag") return;
  const said = await walk.textOf(answer.refusal);
  throw /do not have that many/i.test(said) ? soldOut("bag") : refused("rejected", "bag: the shop refuses it");
}

function soldOut(where: string): Error {
  return refused("out_of_stock", `${where}: sold out`);
}

const listButton = (page: Page, label: string): Locator =>
  page.getByRole("button", { name: new RegExp(`^${label}\\b`) });

/** Picks from one of the shop's own lists by the value behind it; false when it offers no such thing, or not now. */
async function pick(walk: Walk, label: string, value: string): Promise<boolean> {
  const { page } = walk;
  await walk.click(listButton(page, label));
  const options = (await walk.see(page.getByRole("listbox", { name: label, exact: true }))).getByRole("option");
  const offered = await walk.attributesOf(options, "data-value");
  const [isOut] = await walk.attributesOf(options.nth(Math.max(0, offered.indexOf(value))), "aria-disabled");
  if (!offered.includes(value) || isOut === "true") return false;
  await walk.click(options.nth(offered.indexOf(value)));
  return true;
}

async function checkBag(walk: Walk, goods: readonly Goods[]): Promise<void> {
  const { page } = walk;
  await walk.see(page.getByRole("button", { name: "Proceed to the till" }));
  const skus = await walk.attributesOf(page.locator(".bag-line"), "data-sku");
  const copies = await walk.attributesOf(page.locator(".bag-line input[name=copies]:not([type=hidden])"), "value");
  const held = skus.map((sku, index) => ({ sku, quantity: Number(copies[index]) }));
  if (!isSameGoods(held, goods)) throw unavailable("page_changed", "the bag does not hold exactly the order's lines");
}

async function goToTill(walk: Walk): Promise<void> {
  const { page } = walk;
  await walk.click(page.getByRole("button", { name: "Proceed to the till" }));
  const door = page.getByRole("link", { name: "Go on as a guest" });
  const form = page.getByLabel("Email", { exact: true });
  if ((await walk.seeOneOf({ form, door })) === "door") await walk.click(door);
  await walk.see(form);
}

async function giveAddress(walk: Walk, { shipTo, contactEmail }: PlaceRequest): Promise<void> {
  const { page } = walk;
  const [first = "", ...rest] = shipTo.name.trim().split(/\s+/);
  // The shop insists on two names; inventing one is not ours to do.
  if (rest.length === 0) throw unavailable("store_error", "address: the shop wants a first and a last name");
  const fields: readonly (readonly [label: string, text: string])[] = [
    ["Email", contactEmail],
    ["First name", first],
    ["Last name", rest.join(" ")],
    ["Address", shipTo.address1],
    ["Apartment or floor, if any", shipTo.address2 ?? ""],
    ["City", shipTo.city],
    ["ZIP", shipTo.zip],
    ["Phone, if you like", shipTo.phone ?? ""],
  ];
  for (const [label, text] of fields) await walk.type(page.getByLabel(label, { exact: true }), text);
  if (!(await pick(walk, "State", shipTo.state))) throw refused("address_not_served", "address: no such state");
}

async function choose(walk: Walk, access: StoreAccess, request: PlaceRequest): Promise<void> {
  const { page } = walk;
  const { institutionAccount = "" } = access.credentials;
  if (!(await pick(walk, "Postage", request.shippingOptionId))) throw refused("rejected", "postage: no such option");
  if (!(await pick(walk, "Payment", "institution")))
    throw unavailable("page_changed", "payment: no institution's account");
  await walk.paste(page.getByLabel("Institution account number"), institutionAccount);
  await walk.type(page.getByLabel("Your reference, if you have one"), request.reference);
  await walk.click(page.getByRole("button", { name: "Add it up" }));
  const next = { review: page.locator("#to-pay"), wrong: page.getByRole("alert").filter({ hasText: "another look" }) };
  if ((await walk.seeOneOf(next)) === "review") return;
  if (await page.getByText("We have no such account").isVisible())
    throw unavailable("credentials", "payment: the account is not taken");
  throw refused("address_not_served", "address: the shop refuses it");
}

/** Everything once more, as the shop has understood it. */
async function checkReview(walk: Walk, request: PlaceRequest, goods: readonly Goods[]): Promise<void> {
  const { page } = walk;
  const button = page.getByRole("button", { name: "Confirm and order" });
  if ((await walk.seeOneOf({ button, gone: page.getByText(/is out of stock now/) })) === "gone")
    throw soldOut("review");
  const skus = await walk.attributesOf(page.locator(".receipt [data-sku]"), "data-sku");
  const counter = await walk.textOf(page.locator("#counter"));
  const reference = await walk.textOf(page.locator("#your-reference"));
  const isOurs =
    JSON.stringify(skus.toSorted()) === JSON.stringify(goods.map(({ sku }) => sku).toSorted()) &&
    counter.includes(request.shipTo.address1) &&
    counter.includes(request.shipTo.zip) &&
    reference === request.reference;
  if (!isOurs) throw unavailable("page_changed", "the review is not of this order");
}

async function pressButton(walk: Walk, { currency, totalMinorMax }: PlaceRequest): Promise<number> {
  const { page } = walk;
  const notice = page.getByRole("alert").filter({ hasText: "Your order was not placed" });
  return await press(walk, {
    button: page.getByRole("button", { name: "Confirm and order" }),
    total: page.locator("#to-pay"),
    currency,
    totalMinorMax,
    confirmed: page.locator(".order-number"),
    denied: [
      { said: notice.filter({ hasText: "last copy" }), means: refused("out_of_stock", "at the button: sold out") },
      { said: notice.filter({ hasText: "cannot post" }), means: refused("address_not_served", "at the button") },
      // The next try reads the new price, and holds it against the guard.
      { said: notice, means: unavailable("store_error", "at the button: the price or the bag changed") },
    ],
  });
}

async function findByReference(
  walk: Walk,
  access: StoreAccess,
  reference: string,
  zip: string,
): Promise<LookUpOutcome> {
  return await walk.step("look for the order", async () => {
    const slip = await readSlip(walk, access, reference, zip);
    if (slip === null) return { kind: "absent" };
    if (slip.reference !== reference) return { kind: "unavailable", detail: "look-up: somebody else's order" };
    return { kind: "found", storeOrderNumber: slip.number, totalMinor: slip.totalMinor };
  });
}

async function track(walk: Walk, access: StoreAccess, number: string, clue: OrderClue): Promise<TrackOutcome> {
  return await walk.step("look at the order", async () => {
    const slip = await readSlip(walk, access, number, clue.shipTo.zip);
    if (slip === null) return { kind: "absent" };
    const { status, carrier, trackingNumber } = slip;
    if (status === null) return { kind: "unavailable", detail: "track: a status that is not known" };
    return { kind: "tracked", status, carrier, trackingNumber, estimatedDelivery: null };
  });
}

async function cancel(walk: Walk, access: StoreAccess, number: string, clue: OrderClue): Promise<CancelOutcome> {
  const { page } = walk;
  return await walk.step("cancel the order", async () => {
    const slip = await readSlip(walk, access, number, clue.shipTo.zip);
    if (slip === null) return { kind: "refused", detail: "cancel: no such order" };
    if (slip.status === "cancelled") return { kind: "cancelled" };
    const sheet = page.locator(`.slip[data-number="${slip.number}"]`);
    const ask = sheet.getByRole("button", { name: "Cancel this order" });
    if ((await ask.count()) === 0) return { kind: "refused", detail: "cancel: too late" };
    await walk.click(ask);
    await walk.see(page.getByRole("status"));
    const [now] = await walk.attributesOf(sheet.locator("[data-state]"), "data-state");
    return now === "cancelled" ? { kind: "cancelled" } : { kind: "refused", detail: "cancel: the shop says no" };
  });
}
