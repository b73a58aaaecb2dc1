import { Session, ShippingSet } from "@muse/contracts/checkout";
import { moneyIn } from "./money.ts";
import { cards } from "./options.ts";
import { aligned } from "./page.ts";
import type { Show } from "./show.ts";

const address = {
  name: "Dana Harbor",
  address1: "120 W 45th St",
  city: "New York",
  state: "NY",
  zip: "10036",
  country: "US",
  phone: "212-555-0142",
};

/** From the cart to the button: a session, where the parcels go, what that costs, and a card. */
export async function checkOut(show: Show): Promise<Session> {
  const { sessionId } = await openSession(show);
  await giveAddress(show, sessionId);
  return await chooseCard(show, sessionId);
}

async function openSession({ page, visitor }: Show): Promise<Session> {
  return await page.step("Checkout freezes the cart: prices are locked, stock is held", async () => {
    const session = await visitor.get("POST /api/v1/checkout/sessions", Session, {});
    const minutes = Math.round(session.secondsLeft / 60);
    return { done: session, lines: [`${session.sessionId}, ${session.status}, for ${minutes} minutes`] };
  });
}

async function giveAddress({ page, visitor, email, options }: Show, sessionId: string): Promise<void> {
  await page.step("The address is checked; each store's delivery and tax are quoted", async () => {
    const path = `/api/v1/checkout/sessions/${sessionId}/shipping`;
    const { session, correctedAddress } = await visitor.get(`PUT ${path}`, ShippingSet, { ...address, email });
    const money = moneyIn(session.currency, options.language);
    const { stores, summary } = session.cartSnapshot;
    const corrected =
      correctedAddress === null ? [] : [`we would write: ${Object.values(correctedAddress).join(", ")}`];
    const quotes = stores.flatMap((store) => {
      const chosen = store.shippingOptions.find(({ optionId }) => optionId === store.shippingOptionId);
      const dates = chosen === undefined ? "" : `${chosen.deliveryFrom} – ${chosen.deliveryTo}`;
      const tax = store.taxCents === null ? "?" : money(store.taxCents);
      const total = store.totalCents === null ? "?" : money(store.totalCents);
      return [
        aligned([[store.storeName, 56]], total),
        `  goods ${store.subtotalDisplay}, ${chosen?.name ?? "no delivery"} ${chosen?.shippingDisplay ?? ""}, tax ${tax}`,
        `  arrives ${dates}; also to be had: ${othersOf(store.shippingOptions, store.shippingOptionId)}`,
      ];
    });
    const total = aligned([["to pay", 56]], summary.totalDisplay);
    return { done: undefined, lines: [addressLine, ...corrected, ...quotes, total] };
  });
}

const addressLine = `${address.name}, ${address.address1}, ${address.city}, ${address.state} ${address.zip}`;

type Delivery = Session["cartSnapshot"]["stores"][number]["shippingOptions"][number];

function othersOf(all: readonly Delivery[], chosenId: string | null): string {
  const others = all.filter(({ optionId }) => optionId !== chosenId);
  return others
    .map(({ name, shippingDisplay, deliveryTo }) => `${name} ${shippingDisplay} by ${deliveryTo}`)
    .join(", ");
}

async function chooseCard({ page, visitor, options }: Show, sessionId: string): Promise<Session> {
  const { token, says } = cards[options.card];
  return await page.step("A card is attached, by the payment provider's token", async () => {
    const session = await visitor.get(`PUT /api/v1/checkout/sessions/${sessionId}/payment`, Session, {
      paymentMethodId: token,
      ...(options.isAllOrNothing ? { onStoreFailure: "all_or_nothing" } : {}),
    });
    const wish = session.onStoreFailure === "all_or_nothing" ? "cancel everything" : "ship what you can";
    return {
      done: session,
      lines: [`${session.paymentMethodId}: ${says}`, `if a store cannot deliver: ${wish}`],
    };
  });
}
