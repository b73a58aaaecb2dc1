import { ask, base } from "./api.js";
import { dollars, el } from "./dom.js";
import { go } from "./router.js";
import { toast } from "./toast.js";
import { addressText } from "./view-addresses.js";

export async function placedView({ number }) {
  document.title = "Hooray | Kite & Co.";
  const { data } = await ask("GET", `/orders/${encodeURIComponent(number)}`);
  return el(
    "section",
    { class: "hooray" },
    el("img", { src: `${base}/app/kite.svg`, alt: "", width: 120, height: 120 }),
    el("h1", {}, "Hooray, it’s on its way!"),
    el("p", {}, "Your order number is ", el("strong", { class: "order-no" }, data.number)),
    el("p", {}, `${dollars(data.totalCents)}, expected by ${day(data.estimatedDelivery)}.`),
    el("a", { class: "btn", href: `${base}/orders` }, "See my orders"),
  );
}

/** The order history: the only place where an order can be looked for. */
export async function ordersView() {
  document.title = "My orders | Kite & Co.";
  const { data } = await ask("GET", "/orders");
  return el(
    "div",
    {},
    el(
      "nav",
      { class: "pills" },
      el("a", { class: "pill", href: `${base}/orders`, "aria-current": "page" }, "My orders"),
      el("a", { class: "pill", href: `${base}/addresses` }, "Address book"),
    ),
    el("h1", {}, "My orders"),
    data.orders.length === 0 ? el("p", {}, "Nothing yet.") : el("ul", { class: "history" }, ...data.orders.map(card)),
  );
}

function card(order) {
  return el(
    "li",
    { class: "panel", "data-order": order.number },
    el(
      "div",
      { class: "history__head" },
      el("a", { href: `${base}/orders/${order.number}` }, order.number),
      el("span", { class: `badge badge--${order.status}` }, order.statusText),
    ),
    el(
      "p",
      {},
      el(
        "time",
        { datetime: order.placedAt },
        new Date(order.placedAt).toLocaleString("en-US", { dateStyle: "medium", timeStyle: "short" }),
      ),
      ` · ${dollars(order.totalCents)}`,
    ),
    el(
      "ul",
      { class: "history__lines" },
      ...order.lines.map((line) =>
        el("li", { "data-sku": line.sku, "data-quantity": line.quantity }, `${line.quantity} × ${line.title}`),
      ),
    ),
    el("p", { class: "quiet" }, `To ${addressText(order.shipTo)}`),
  );
}

export async function orderView({ number }) {
  document.title = `${number} | Kite & Co.`;
  const { data } = await ask("GET", `/orders/${encodeURIComponent(number)}`);
  const cancel = async () => {
    if (!confirm("Really cancel this order?")) return;
    try {
      await ask("POST", `/orders/${encodeURIComponent(number)}/cancel`);
      toast("Cancelled. Another windy day, then.");
    } catch (cause) {
      toast(cause.message, "bad");
    }
    go(`/orders/${number}`, { replace: true });
  };
  return el(
    "div",
    {},
    el("a", { class: "quiet", href: `${base}/orders` }, "← My orders"),
    el("h1", {}, `Order ${data.number}`),
    el("p", {}, el("span", { class: `badge badge--${data.status}` }, data.statusText)),
    el(
      "ul",
      { class: "history__lines" },
      ...data.lines.map((line) =>
        el("li", { "data-sku": line.sku }, `${line.quantity} × ${line.title}: ${dollars(line.priceCents)}`),
      ),
    ),
    el(
      "p",
      {},
      `Delivery ${dollars(data.shippingCents)}, tax ${dollars(data.taxCents)}, total ${dollars(data.totalCents)}`,
    ),
    el("p", {}, `To ${addressText(data.shipTo)}`),
    data.trackingNumber === null
      ? el("p", {}, `Expected by ${day(data.estimatedDelivery)}`)
      : el(
          "p",
          {},
          "Parcel ",
          el("a", { href: `/carriers/${data.carrier}/track/${data.trackingNumber}` }, data.trackingNumber),
        ),
    data.canCancel
      ? el("button", { class: "btn btn--line", type: "button", onclick: () => void cancel() }, "Cancel this order")
      : null,
  );
}

function day(iso) {
  return iso === null
    ? "soon"
    : new Date(`${iso}T12:00:00Z`).toLocaleDateString("en-US", {
        weekday: "long",
        month: "long",
        day: "numeric",
        timeZone: "UTC",
      });
}
