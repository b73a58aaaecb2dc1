import type { Order } from "../order.ts";
import { sendMail } from "./send-mail.ts";
import type { Shop } from "./shop.ts";
import { dollars, isoDateName } from "./words.ts";

/** What a customer is written about an order. */
export type OrderNews = "received" | "cancelled";

/**
 * Writes to the customer, by way of this machine's mail server. A letter that cannot be sent is not sent again: an
 * order never waits for its mail, and these shops do not promise one.
 */
export function sendOrderMail(shop: Shop, order: Order, news: OrderNews): void {
  void send(shop, order, news).catch(() => undefined);
}

async function send(shop: Shop, order: Order, news: OrderNews): Promise<void> {
  const port = await shop.retail.smtpPort();
  if (port === null || !/^[^\s<>@]+@[^\s<>@]+$/.test(order.email)) return;
  await sendMail(port, {
    from: { name: shop.store.name, address: `orders@${shop.slug}.example` },
    to: order.email,
    subject: news === "received" ? `Your order ${order.number}` : `Order ${order.number} is cancelled`,
    id: `${order.number.toLowerCase()}.${news}`,
    text: news === "received" ? receivedText(shop, order) : cancelledText(shop, order),
    atMs: shop.retail.world.now(),
  });
}

function receivedText(shop: Shop, order: Order): string {
  const { shipTo } = order;
  const sums = [
    ["Goods", order.subtotalCents],
    ["Discount", -order.discountCents],
    ["Delivery", order.shippingCents],
    ["Tax", order.taxCents],
    ["Total", order.totalCents],
  ] as const;
  return [
    `Thank you for your order at ${shop.store.name}.`,
    "",
    `Order number: ${order.number}`,
    ...(order.reference === "" ? [] : [`Your reference: ${order.reference}`]),
    "",
    ...order.lines.map((line) => `${line.quantity} x ${line.title} (${line.sku}): ${dollars(line.priceCents)}`),
    "",
    ...sums.filter(([, cents]) => cents !== 0).map(([name, cents]) => `${name}: ${dollars(cents)}`),
    "",
    `Goes to: ${shipTo.name}, ${shipTo.address1}, ${shipTo.city}, ${shipTo.state} ${shipTo.zip}`,
    `Expected by: ${isoDateName(order.estimatedDelivery)}`,
    "",
    shop.store.returnPolicy,
    "",
  ].join("\r\n");
}

function cancelledText(shop: Shop, order: Order): string {
  return [
    `Your order ${order.number} at ${shop.store.name} is cancelled.`,
    "",
    `${dollars(order.totalCents)} goes back to where it came from.`,
    "",
  ].join("\r\n");
}
