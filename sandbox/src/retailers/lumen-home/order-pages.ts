import type { FastifyInstance } from "fastify";

import type { Order } from "../order.ts";
import { isFaulted } from "../retail.ts";
import { formOf } from "../web/form.ts";
import { html, type Html } from "../web/html.ts";
import { sendOrderMail } from "../web/order-mail.ts";
import { named, type Shop } from "../web/shop.ts";
import { dateName, dollars, isoDateName, statusWords } from "../web/words.ts";
import { addressBlock } from "./checkout-review.ts";
import { refuseForged } from "./forged.ts";
import { sendPage } from "./frame.ts";

type Query = { readonly number?: string; readonly email?: string };

/** Orders are found by their number, or the customer's own PO number, with the email they were placed under. */
export function addOrderPages(app: FastifyInstance, shop: Shop): void {
  app.get<{ Querystring: Query }>(`${shop.base}/orders`, named(shop, "orders.lookup"), (request, reply) => {
    const session = shop.sessions.of(request, reply);
    const notice = session.takeFlash()?.notice ?? "";
    const { number = "", email = "" } = request.query;
    const found = findOrders(shop, number, email);
    const isAsked = number !== "" || email !== "";
    const body = html`<h1>Find an order</h1>
      ${notice === "" ? null : html`<p class="notice" role="status">${notice}</p>`}
      <form action="${shop.base}/orders" class="checkout-form" id="order-lookup">
        <div class="field">
          <label for="number">Order number or PO number</label>
          <input id="number" name="number" value="${number}" required />
        </div>
        <div class="field">
          <label for="email">Email address of the order</label>
          <input id="email" name="email" type="email" value="${email}" autocomplete="email" required />
        </div>
        <button class="button" type="submit">Find it</button>
      </form>
      ${
        isAsked && found.length === 0
          ? html`<p class="error" role="alert" data-no-order>No order with this number was placed under this email.</p>`
          : null
      }
      ${found.map((order) => orderSheet(shop, order, "read"))}`;
    return sendPage(shop, request, reply, { title: "Find an order", body });
  });

  app.get<{ Querystring: Query }>(`${shop.base}/orders/cancel`, named(shop, "orders.cancel.ask"), (request, reply) => {
    const [order] = findOrders(shop, request.query.number ?? "", request.query.email ?? "");
    if (order === undefined) return reply.redirect(`${shop.base}/orders`, 303);
    const body = html`<h1>Cancel this order?</h1>
      ${orderSheet(shop, order, "cancel")}
      <form method="post" action="${shop.base}/orders/cancel" class="checkout-form">
        <input type="hidden" name="_csrf" value="${shop.sessions.of(request, reply).read().csrf}" />
        <input type="hidden" name="number" value="${order.number}" />
        <input type="hidden" name="email" value="${order.email}" />
        <div class="field">
          <label for="reason">Why? It helps us</label>
          <select id="reason" name="reason">
            <option>Ordered by mistake</option>
            <option>No longer needed</option>
            <option>Found it elsewhere</option>
          </select>
        </div>
        <button class="button" type="submit">Cancel this order</button>
        <a href="${shop.base}/orders?number=${order.number}&email=${encodeURIComponent(order.email)}">Keep it</a>
      </form>`;
    return sendPage(shop, request, reply, { title: "Cancel an order", body });
  });

  app.post(`${shop.base}/orders/cancel`, named(shop, "orders.cancel"), async (request, reply) => {
    const session = shop.sessions.of(request, reply);
    const form = formOf(request);
    if (form["_csrf"] !== session.read().csrf) return refuseForged(shop, request, reply);
    const [order] = findOrders(shop, form["number"] ?? "", form["email"] ?? "");
    if (order === undefined) return reply.redirect(`${shop.base}/orders`, 303);
    const isRefused = isFaulted(shop.retail, request, "cancel_refused");
    const outcome = isRefused ? undefined : await shop.retail.orders.cancel(order, form["reason"] ?? "");
    const isCancelled = outcome !== undefined && outcome.kind !== "too_late";
    if (outcome?.kind === "cancelled") sendOrderMail(shop, outcome.order, "cancelled");
    const notice = isCancelled ? "Your order is cancelled." : "It is too late to cancel: the parcel is on its way.";
    session.change({ flash: { errors: {}, values: {}, notice } });
    return reply.redirect(`${shop.base}/orders?number=${order.number}&email=${encodeURIComponent(order.email)}`, 303);
  });
}

/** Nobody sees an order without knowing the email it was placed under. */
function findOrders(shop: Shop, number: string, email: string): readonly Order[] {
  const asked = number.trim();
  if (asked === "") return [];
  const byNumber = shop.retail.orders.find(shop.slug, asked.toUpperCase());
  const found = byNumber === undefined ? shop.retail.orders.findByReference(shop.slug, asked) : [byNumber];
  return found.filter((order) => order.email.toLowerCase() === email.trim().toLowerCase());
}

function orderSheet(shop: Shop, order: Order, mode: "read" | "cancel"): Html {
  const canCancel = order.status === "placed" || order.status === "confirmed";
  const query = `number=${order.number}&email=${encodeURIComponent(order.email)}`;
  return html`<article class="order" data-order="${order.number}">
    <header>
      <h2>Order <span data-order-number>${order.number}</span></h2>
      <p class="status" data-status="${order.status}">${statusWords[order.status]}</p>
    </header>
    <dl class="facts">
      <dt>Placed</dt>
      <dd>${dateName(order.placedAtMs)}</dd>
      ${
        order.reference === ""
          ? null
          : html`<dt>PO number</dt>
              <dd data-reference>${order.reference}</dd>`
      }
      <dt>Total</dt>
      <dd data-total>${dollars(order.totalCents)}</dd>
      ${
        order.trackingNumber === null
          ? html`<dt>Expected by</dt>
              <dd>${isoDateName(order.estimatedDelivery)}</dd>`
          : html`<dt>Parcel</dt>
              <dd>
                <a href="/carriers/${order.carrier ?? ""}/track/${order.trackingNumber}">${order.trackingNumber}</a>
              </dd>`
      }
      <dt>Goes to</dt>
      <dd>${addressBlock(order.shipTo)}</dd>
    </dl>
    <ul class="order-lines">
      ${order.lines.map(
        (line) =>
          html`<li data-sku="${line.sku}">
            ${line.quantity} × ${line.title} <span>${dollars(line.priceCents)}</span>
          </li>`,
      )}
    </ul>
    ${canCancel && mode === "read" ? html`<p><a href="${shop.base}/orders/cancel?${query}">Cancel this order</a></p>` : null}
  </article>`;
}
