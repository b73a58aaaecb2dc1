import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance, FastifyRequest } from "fastify";

import { driftPercentOf, originOf } from "../retail.ts";
import { asObject, asText } from "../read-body.ts";
import { faultOf } from "../web/gate.ts";
import { deliveriesOf, quoteOf } from "../web/quote.ts";
import { named, type Shop } from "../web/shop.ts";
import type { ShopSession, Visit } from "../web/shop-session.ts";
import type { Place } from "../web/structured-data.ts";
import { arrivalOf } from "../web/words.ts";
import { isOwn, refuse, send, signedIn } from "./answer.ts";
import { cartOf } from "./catalog-api.ts";

/** Deliveries are asked of the carriers, and come last. */
const deliveriesLateMs = 600;

/** Choosing where to, how fast and how paid; then the review that says what it comes to. */
export function addCheckoutApi(app: FastifyInstance, shop: Shop): void {
  const api = `${shop.base}/api`;
  app.get(`${api}/checkout`, named(shop, "checkout.view"), (request, reply) => {
    const session = signedIn(shop, request, reply);
    if (session === undefined) return reply;
    const visit = session.read();
    const addresses = shop.accounts.addresses(visit.accountId ?? "");
    return send(shop, request, reply, {
      units: visit.cart.reduce((sum, line) => sum + line.quantity, 0),
      addresses,
      addressId: addresses.find((address) => isSame(address, visit.shipTo))?.id ?? null,
      shippingOptionId: visit.shippingOptionId,
      paymentId: visit.payment,
      payments: shop.accounts.find(visit.accountId ?? "")?.payments ?? [],
    });
  });

  app.get(`${api}/checkout/deliveries`, named(shop, "checkout.deliveries"), async (request, reply) => {
    const session = signedIn(shop, request, reply);
    if (session === undefined) return reply;
    await sleep(deliveriesLateMs);
    const nowMs = shop.retail.world.now();
    const deliveries = deliveriesOf(shop, quoteOf(shop, session.read())).map(({ option, cents }) => ({
      id: option.id,
      name: option.name,
      arrives: arrivalOf(option, nowMs),
      cents,
    }));
    return send(shop, request, reply, { deliveries });
  });

  app.put(`${api}/checkout`, named(shop, "checkout.choose"), (request, reply) => {
    if (!isOwn(request)) return refuse(reply, 403, "foreign");
    const session = signedIn(shop, request, reply);
    if (session === undefined) return reply;
    const wrong = choose(shop, session, asObject(request.body));
    if (Object.keys(wrong).length > 0) return refuse(reply, 422, "fields", wrong);
    return send(shop, request, reply, {});
  });

  app.get(`${api}/checkout/review`, named(shop, "checkout.review"), (request, reply) => {
    const session = signedIn(shop, request, reply);
    if (session === undefined) return reply;
    const driftPercent = driftPercentOf(shop.retail, request);
    if (driftPercent !== 0) session.change({ driftPercent });
    muddle(shop, request, session);
    const isSoldOut = faultOf(shop, request, "out_of_stock") !== undefined;
    const review = reviewOf({ origin: originOf(request), shop }, session.read(), isSoldOut);
    return review === undefined ? refuse(reply, 409, "stale") : send(shop, request, reply, review);
  });
}

/** The account is open in a second tab, too: what is about to be bought, or where to, is not what this one chose. */
function muddle(shop: Shop, request: FastifyRequest, session: ShopSession): void {
  const { shipTo, cart } = session.read();
  if (shipTo !== null && faultOf(shop, request, "other_address") !== undefined) {
    session.change({ shipTo: { ...shipTo, address1: "9 Elsewhere Lane" } });
  }
  if (faultOf(shop, request, "other_goods") !== undefined) {
    const { product, variant } = quoteOf(shop, session.read()).lines[0] ?? {};
    const other = product?.variants.find(({ sku }) => sku !== variant?.sku);
    if (other !== undefined)
      session.change({ cart: cart.map((line) => (line.sku === variant?.sku ? { ...line, sku: other.sku } : line)) });
  }
}

/** What is about to be bought; undefined while a step is missing. */
function reviewOf(place: Place, visit: Visit, isSoldOut: boolean): Readonly<Record<string, unknown>> | undefined {
  const { shop } = place;
  const { cart, shipTo, shippingOptionId, payment } = visit;
  if (cart.length === 0 || shipTo === null || shippingOptionId === null || payment === null) return undefined;
  const quote = quoteOf(shop, visit);
  return {
    ...cartOf(place, visit),
    soldOut: isSoldOut ? (quote.lines[0]?.variant.sku ?? null) : null,
    shippingCents: quote.shippingCents,
    taxCents: quote.taxCents,
    totalCents: quote.totalCents,
    delivery: quote.option.name,
    arrives: arrivalOf(quote.option, shop.retail.world.now()),
    shipTo,
    payment: shop.accounts.paymentLabel(visit.accountId, payment),
    key: visit.orderKey,
  };
}

/** Keeps what was chosen; says what cannot be. */
function choose(
  shop: Shop,
  session: ShopSession,
  body: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> {
  const accountId = session.read().accountId ?? "";
  const address = shop.accounts.addresses(accountId).find(({ id }) => id === body["addressId"]);
  const option = shop.store.shippingOptions.find(({ id }) => id === asText(body["shippingOptionId"]));
  const payment = shop.accounts.find(accountId)?.payments.find(({ id }) => id === asText(body["paymentId"]));
  if (address === undefined) return { addressId: "Choose an address." };
  const { id: _, ...shipTo } = address;
  session.change({ shipTo });
  if (option === undefined) return { shippingOptionId: "Choose a delivery." };
  session.change({ shippingOptionId: option.id });
  if (payment === undefined) return { paymentId: "Choose how to pay." };
  session.change({ payment: payment.id });
  return {};
}

function isSame(address: { readonly name: string; readonly address1: string }, other: typeof address | null): boolean {
  return other !== null && address.name === other.name && address.address1 === other.address1;
}
