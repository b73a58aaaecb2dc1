import type { Order } from "../order.ts";
import type { Json } from "../read-body.ts";
import { drawAddress } from "./checkout.ts";
import { orderEnvelope, type UcpVersion } from "./profile.ts";

type Where = { readonly version: UcpVersion; readonly baseUrl: string; readonly origin: string };

/** An order as UCP shows it: what was bought, where it goes, and what has happened so far. */
export function drawOrder(order: Order, where: Where): Json {
  const lineRefs = order.lines.map((line, index) => ({ id: `li_${index + 1}`, quantity: line.quantity }));
  const isFulfilled = order.status === "shipped" || order.status === "delivered";
  return {
    ucp: orderEnvelope(where.version, "success"),
    id: order.number,
    label: order.number,
    checkout_id: order.checkoutId,
    platform_reference: order.reference,
    permalink_url: `${where.baseUrl}/orders/${order.number}`,
    currency: "USD",
    line_items: order.lines.map((line, index) => {
      const amount = line.priceCents * line.quantity;
      const total = order.status === "cancelled" ? 0 : line.quantity;
      return {
        id: `li_${index + 1}`,
        item: { id: line.sku, title: line.title, price: line.priceCents },
        quantity: { original: line.quantity, total, fulfilled: isFulfilled ? line.quantity : 0 },
        totals: [
          { type: "subtotal", amount },
          { type: "total", amount },
        ],
        status: total === 0 ? "removed" : isFulfilled ? "fulfilled" : "processing",
      };
    }),
    fulfillment: {
      expectations: [
        {
          id: "exp_1",
          line_items: lineRefs,
          method_type: "shipping",
          destination: drawAddress(order.shipTo),
          description: order.estimatedDelivery === null ? "On its way soon" : `Arrives by ${order.estimatedDelivery}`,
          fulfillable_on: "now",
        },
      ],
      events: eventsOf(order, where).map((event) => ({ ...event, line_items: lineRefs })),
    },
    adjustments: order.cancelledAtMs === null ? [] : [cancellation(order, order.cancelledAtMs)],
    totals: [
      { type: "subtotal", display_text: "Goods", amount: order.subtotalCents },
      { type: "fulfillment", display_text: "Delivery", amount: order.shippingCents },
      { type: "total", display_text: "Total", amount: order.totalCents },
    ],
  };
}

function eventsOf(order: Order, where: Where): readonly Json[] {
  const tracking =
    order.trackingNumber === null || order.carrier === null
      ? {}
      : {
          carrier: order.carrier,
          tracking_number: order.trackingNumber,
          tracking_url: `${where.origin}/carriers/${order.carrier}/track/${order.trackingNumber}`,
        };
  const steps: readonly (readonly [string, number | null, Json])[] = [
    ["processing", order.confirmedAtMs, {}],
    ["shipped", order.shippedAtMs, tracking],
    ["delivered", order.deliveredAtMs, tracking],
    ["canceled", order.cancelledAtMs, {}],
  ];
  return steps.flatMap(([type, atMs, more], index) =>
    atMs === null ? [] : [{ id: `evt_${index + 1}`, type, occurred_at: new Date(atMs).toISOString(), ...more }],
  );
}

function cancellation(order: Order, atMs: number): Json {
  return {
    id: "adj_1",
    type: "cancellation",
    status: "completed",
    occurred_at: new Date(atMs).toISOString(),
    totals: [{ type: "total", amount: -order.totalCents }],
    description: order.cancelReason ?? "Cancelled",
  };
}
