import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import type { Order } from "../order.ts";
import { isFaulted } from "../retail.ts";
import { formOf, type Form } from "../web/form.ts";
import { html, type Html } from "../web/html.ts";
import { sendOrderMail } from "../web/order-mail.ts";
import { named, type Shop } from "../web/shop.ts";
import { dateName, dollars, isoDateName, statusWords } from "../web/words.ts";
import { isForged, sayForged } from "./bag-pages.ts";
import { sendPine } from "./frame.ts";

/** Signing in, the order history of an account, following an order as a guest, and taking one back. */
export function addAccountPages(app: FastifyInstance, shop: Shop): void {
  addSignIn(app, shop);
  app.get<{ Querystring: { reference?: string } }>(
    `${shop.base}/account/orders`,
    named(shop, "orders.list"),
    (request, reply) => {
      const { accountId, csrf } = shop.sessions.of(request, reply).read();
      if (accountId === null) return reply.redirect(`${shop.base}/account/sign-in?next=/account/orders`, 303);
      const { reference = "" } = request.query;
      const orders = shop.retail.orders
        .findByAccount(shop.slug, accountId)
        .filter((order) => reference === "" || order.reference === reference);
      const main = html`<h1>Your orders</h1>
        <form class="find-order">
          <label for="by-reference">Your reference</label>
          <input id="by-reference" name="reference" value="${reference}" /> <input type="submit" value="Find" />
        </form>
        ${orders.length === 0 ? html`<p class="none">No order to show.</p>` : null}
        ${orders.map((order) => slip(shop, order, csrf))}`;
      return sendPine(shop, request, reply, { title: "Your orders", main });
    },
  );

  app.get<{ Querystring: { order?: string; zip?: string } }>(
    `${shop.base}/track`,
    named(shop, "orders.lookup"),
    (request, reply) => {
      const session = shop.sessions.of(request, reply);
      const notice = session.takeFlash()?.notice ?? "";
      const { order = "", zip = "" } = request.query;
      const found = findOrders(shop, order, zip);
      const main = html`<h1>Follow an order</h1>
        ${notice === "" ? null : html`<p role="status">${notice}</p>`}
        <form class="till">
          <p class="box">
            <label for="order">Order number, or your reference</label><input id="order" name="order" value="${order}" />
          </p>
          <p class="box"><label for="zip">ZIP it goes to</label><input id="zip" name="zip" value="${zip}" /></p>
          <input class="button" type="submit" value="Follow" />
        </form>
        ${order !== "" && found.length === 0 ? html`<p class="none" role="alert">We have no such order.</p>` : null}
        ${found.map((one) => slip(shop, one, session.read().csrf))}`;
      return sendPine(shop, request, reply, { title: "Follow an order", main });
    },
  );

  app.post(`${shop.base}/orders/take-back`, named(shop, "orders.cancel"), (request, reply) =>
    takeBack(shop, request, reply),
  );
}

function addSignIn(app: FastifyInstance, shop: Shop): void {
  app.get<{ Querystring: { next?: string } }>(
    `${shop.base}/account/sign-in`,
    named(shop, "account.view"),
    (request, reply) => {
      const session = shop.sessions.of(request, reply);
      const notice = session.takeFlash()?.notice ?? "";
      const main = html`<h1>Sign in</h1>
        ${notice === "" ? null : html`<p class="bad" role="alert">${notice}</p>`}
        <form method="post" action="${shop.base}/account/sign-in" class="till">
          <input type="hidden" name="form_key" value="${session.read().csrf}" />
          <input type="hidden" name="next" value="${request.query.next ?? "/account/orders"}" />
          <p class="box"><label for="user">Email</label><input id="user" name="user" autocomplete="username" /></p>
          <p class="box">
            <label for="pass">Password</label>
            <input id="pass" name="pass" type="password" autocomplete="current-password" />
          </p>
          <input class="button" type="submit" value="Come in" />
        </form>`;
      return sendPine(shop, request, reply, { title: "Sign in", main });
    },
  );
  app.post(`${shop.base}/account/sign-in`, named(shop, "account.sign_in"), (request, reply) => {
    const session = shop.sessions.of(request, reply);
    const form = formOf(request);
    if (isForged(session, form)) return sayForged(shop, request, reply);
    const next = form["next"]?.startsWith("/") === true ? form["next"] : "/account/orders";
    const account = shop.accounts.signIn(form["user"] ?? "", form["pass"] ?? "");
    if (account === undefined) {
      session.change({ flash: { errors: {}, values: {}, notice: "We do not know this email with this password." } });
      return reply.redirect(`${shop.base}/account/sign-in?next=${encodeURIComponent(next)}`, 303);
    }
    session.change({ accountId: account.id, email: account.id, payment: null });
    return reply.redirect(`${shop.base}${next}`, 303);
  });
  app.post(`${shop.base}/account/leave`, named(shop, "account.sign_out"), (request, reply) => {
    shop.sessions.of(request, reply).forget();
    return reply.redirect(`${shop.base}/`, 303);
  });
}

async function takeBack(shop: Shop, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const session = shop.sessions.of(request, reply);
  const form = formOf(request);
  if (isForged(session, form)) return sayForged(shop, request, reply);
  const order = theirOrder(shop, session.read().accountId, form);
  if (order === undefined) return reply.redirect(`${shop.base}/track`, 303);
  const isRefused = isFaulted(shop.retail, request, "cancel_refused");
  const outcome = isRefused ? undefined : await shop.retail.orders.cancel(order, "taken back by the customer");
  if (outcome?.kind === "cancelled") sendOrderMail(shop, outcome.order, "cancelled");
  const isCancelled = outcome !== undefined && outcome.kind !== "too_late";
  const notice = isCancelled
    ? `Order ${order.number} is cancelled.`
    : "It has left us already, we cannot take it back.";
  session.change({ flash: { errors: {}, values: {}, notice } });
  return reply.redirect(`${shop.base}/track?order=${order.number}&zip=${order.shipTo.zip}`, 303);
}

/** The order that a form names, when it was placed from this account, or its ZIP is known. */
function theirOrder(shop: Shop, accountId: string | null, form: Form): Order | undefined {
  const order = shop.retail.orders.find(shop.slug, form["order"] ?? "");
  if (order === undefined) return undefined;
  const isOfAccount = accountId !== null && order.accountId === accountId;
  return isOfAccount || order.shipTo.zip === form["zip"] ? order : undefined;
}

/** Whoever knows where it goes may see it. */
function findOrders(shop: Shop, asked: string, zip: string): readonly Order[] {
  if (asked === "") return [];
  const byNumber = shop.retail.orders.find(shop.slug, asked.trim().toUpperCase());
  const found = byNumber === undefined ? shop.retail.orders.findByReference(shop.slug, asked.trim()) : [byNumber];
  return found.filter((order) => order.shipTo.zip.slice(0, 5) === zip.trim().slice(0, 5));
}

function slip(shop: Shop, order: Order, csrf: string): Html {
  const canCancel = order.status === "placed" || order.status === "confirmed";
  return html`<div class="slip" data-number="${order.number}">
    <h2>${order.number}</h2>
    <p class="state" data-state="${order.status}">${statusWords[order.status]}</p>
    <p>
      ${dateName(order.placedAtMs)}, ${dollars(order.totalCents)}, for ${order.shipTo.name} in ${order.shipTo.city}
      ${order.shipTo.zip}${order.reference === "" ? null : html`, your reference <span class="reference">${order.reference}</span>`}
    </p>
    <ul>
      ${order.lines.map((line) => html`<li data-sku="${line.sku}">${line.quantity} × ${line.title}</li>`)}
    </ul>
    ${
      order.trackingNumber === null
        ? html`<p>Expected by ${isoDateName(order.estimatedDelivery)}</p>`
        : html`<p>
            Parcel <a href="/carriers/${order.carrier ?? ""}/track/${order.trackingNumber}">${order.trackingNumber}</a>
          </p>`
    }
    ${
      canCancel
        ? html`<form method="post" action="${shop.base}/orders/take-back">
            <input type="hidden" name="form_key" value="${csrf}" />
            <input type="hidden" name="order" value="${order.number}" />
            <input type="hidden" name="zip" value="${order.shipTo.zip}" />
            <input type="submit" value="Cancel this order" />
          </form>`
        : null
    }
  </div>`;
}
