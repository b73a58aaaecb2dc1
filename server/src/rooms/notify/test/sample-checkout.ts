import type { Checkout, OrderRecord } from "../record.ts";

/** A checkout with three stores, one of which could not take its order, for tests of what letters say. */
export const sampleCheckout: Checkout = {
  sessionId: "cs_0123456789abcdefghjkmnpq",
  currency: "USD",
  subtotalMinor: 23_150n,
  discountMinor: 1_000n,
  shippingMinor: 599n,
  taxMinor: 1_907n,
  totalMinor: 24_656n,
  chargedMinor: 24_656n,
  status: "completed",
  paymentStatus: "succeeded",
  provider: "stripe",
  isDepositReverted: false,
  expiresAt: new Date("2026-11-21T14:32:00Z"),
  paidAt: new Date("2026-11-21T14:05:00Z"),
  shippingAddress: {
    name: "Ada Byron",
    address1: "12 Harbor Street",
    address2: "Rear building",
    city: "Portland",
    state: "OR",
    zip: "97201",
    country: "US",
  },
  orders: [
    order({
      orderNumber: "MO-7KQ3M-X9T2B",
      storeName: "Harbor & Main",
      status: "placed",
      subtotalMinor: 16_400,
      discountMinor: 1_000,
      taxMinor: 1_271,
      totalMinor: 16_671,
      items: [
        item(1, "Wool overshirt with horn buttons", { size: "M", color: "Moss", lineTotalMinor: 12_800 }),
        item(2, "Merino socks, pair", { size: "42", quantity: 2, lineTotalMinor: 3_600 }),
      ],
    }),
    order({
      orderNumber: "MO-P4WHD-2ZC8N",
      storeName: "Fernwood Outdoor",
      subtotalMinor: 4_250,
      shippingMinor: 599,
      taxMinor: 401,
      totalMinor: 5_250,
      status: "failed",
      reason: "out_of_stock",
      items: [item(1, "Enamel camping kettle", { color: "Cream", lineTotalMinor: 4_250 })],
    }),
    order({
      orderNumber: "MO-9RTGV-KD5YA",
      storeName: "Paper Lantern",
      status: "pending",
      subtotalMinor: 2_500,
      taxMinor: 235,
      totalMinor: 2_735,
      items: [item(1, "Linen notebook", { lineTotalMinor: 2_500 })],
    }),
  ],
  refunds: [
    {
      refundId: "re_0123456789abcdefghjkmnpq",
      orderNumber: "MO-P4WHD-2ZC8N",
      amountMinor: 5_250,
      status: "succeeded",
      succeededAt: Date.parse("2026-11-21T14:05:09Z"),
      lastDigits: null,
      isOfEnd: true,
    },
  ],
};

function order(given: Partial<OrderRecord>): OrderRecord {
  return {
    orderNumber: "MO-22222-22222",
    storeName: "A store",
    kind: "physical",
    status: "placed",
    reason: null,
    subtotalMinor: 0,
    discountMinor: 0,
    shippingMinor: 0,
    taxMinor: 0,
    totalMinor: 0,
    deliveryFrom: "2026-11-24",
    deliveryTo: "2026-11-26",
    items: [],
    shipments: [],
    ...given,
  };
}

function item(
  lineNo: number,
  title: string,
  given: Partial<OrderRecord["items"][number]>,
): OrderRecord["items"][number] {
  return { lineNo, title, size: null, color: null, quantity: 1, lineTotalMinor: 0, ...given };
}
