import { must } from "#core/assert.ts";
import type { Json } from "../read-body.ts";
import type { Retail } from "../retail.ts";
import { driftedCents, isServed } from "../order.ts";
import { findStore, shippingCents, type ShippingOption } from "../stores.ts";
import { checkoutEnvelope, checkoutPayment, type UcpVersion } from "./profile.ts";
import type { Session } from "./session.ts";

const slug = "harbor-main";

export type Message = {
  readonly type: "error" | "warning";
  readonly code: string;
  readonly content: string;
  readonly severity?: "recoverable" | "unrecoverable" | "requires_buyer_input";
  readonly path?: string;
};

/** What a fault makes the store say about a session, whatever is on its shelves. */
export type Forced = { readonly outOfStock: boolean; readonly addressRefused: boolean };

export type Drawn = {
  readonly checkout: Json;
  /** Null until delivery is chosen. */
  readonly totalCents: number | null;
  readonly isReady: boolean;
};

type DrawnLine = {
  readonly json: Json;
  readonly totalCents: number;
  readonly units: number;
  readonly message: Message | null;
};

/** A session as the protocol shows it: lines at today's prices, delivery options, totals, and what is still missing. */
export function drawCheckout(
  retail: Retail,
  session: Session,
  at: { version: UcpVersion; baseUrl: string; forced: Forced },
): Drawn {
  const lines = session.lines.map((line, index) =>
    drawLine(retail, session, { ...line, index, isOut: at.forced.outOfStock }),
  );
  const subtotal = lines.reduce((sum, line) => sum + line.totalCents, 0);
  const units = lines.reduce((sum, line) => sum + line.units, 0);
  const { shippingOptions } = must(findStore(slug), "harbor-main is a store");
  const chosen = shippingOptions.find((option) => option.id === session.shippingOptionId);
  const shipping = chosen === undefined ? null : shippingCents(chosen, subtotal, units);
  const isOpen = session.status === "open";
  const messages = isOpen
    ? [...lines.flatMap((line) => line.message ?? []), ...missing(session, at.forced, chosen)]
    : [];
  const isReady = isOpen && messages.length === 0;
  return {
    isReady,
    totalCents: shipping === null ? null : subtotal + shipping,
    checkout: {
      ucp: checkoutEnvelope(at.version, "success"),
      ...checkoutPayment(at.version),
      id: session.id,
      status: statusOf(session, isReady),
      currency: "USD",
      line_items: lines.map((line) => line.json),
      ...drawKnown(session, { shippingOptions, subtotal, units }),
      totals: drawTotals(subtotal, shipping),
      messages,
      links: [
        { type: "terms_of_service", url: "https://harborandmain.example/terms" },
        { type: "privacy_policy", url: "https://harborandmain.example/privacy" },
      ],
      ...drawWayOn(session, at.baseUrl),
    },
  };
}

function statusOf(session: Session, isReady: boolean): string {
  if (session.status !== "open") return session.status;
  return isReady ? "ready_for_complete" : "incomplete";
}

/** What the platform has said so far. */
function drawKnown(session: Session, costs: Costs): Json {
  return {
    ...(session.reference === "" ? {} : { platform_reference: session.reference }),
    ...(session.buyer === null ? {} : { buyer: drawBuyer(session.buyer) }),
    ...(session.destination === null ? {} : { fulfillment: drawFulfillment(session, costs) }),
  };
}

function drawTotals(subtotal: number, shipping: number | null): readonly Json[] {
  return [
    { type: "subtotal", display_text: "Goods", amount: subtotal },
    ...(shipping === null ? [] : [{ type: "fulfillment", display_text: "Delivery", amount: shipping }]),
    { type: "total", display_text: "Total", amount: subtotal + (shipping ?? 0) },
  ];
}

/** Where a person goes on with an open session, or finds the order of a completed one. */
function drawWayOn(session: Session, baseUrl: string): Json {
  const number = session.orderNumber;
  return {
    ...(session.status === "open" ? { continue_url: `${baseUrl}/checkout/${session.id}` } : {}),
    ...(number === null ? {} : { order: { id: number, label: number, permalink_url: `${baseUrl}/orders/${number}` } }),
  };
}

type LineOfSession = Session["lines"][number] & { readonly index: number; readonly isOut: boolean };

function drawLine(retail: Retail, session: Session, line: LineOfSession): DrawnLine {
  const item = retail.shelf.look(slug, line.sku);
  const price = driftedCents(item?.priceCents ?? 0, session.driftPercent);
  const totalCents = price * line.quantity;
  const path = `$.line_items[${line.index}]`;
  let message: Message | null = null;
  if (item === undefined || line.quantity === 0) {
    message = {
      type: "error",
      code: "item_unavailable",
      content: "We do not sell this.",
      severity: "recoverable",
      path,
    };
  } else if (line.isOut || item.stock < line.quantity) {
    message = {
      type: "error",
      code: "out_of_stock",
      content: "Not enough of it is left.",
      severity: "recoverable",
      path,
    };
  }
  const title = retail.shelf.findVariant(slug, line.sku)?.product.title ?? line.sku;
  const totals = [
    { type: "subtotal", amount: totalCents },
    { type: "total", amount: totalCents },
  ];
  return {
    json: { id: line.id, item: { id: line.sku, title, price }, quantity: line.quantity, totals },
    totalCents,
    units: line.quantity,
    message,
  };
}

function missing(session: Session, forced: Forced, chosen: ShippingOption | undefined): readonly Message[] {
  const messages: Message[] = [];
  const lacks = (path: string, content: string): void => {
    messages.push({ type: "error", code: "missing", content, severity: "recoverable", path });
  };
  if (session.lines.length === 0) lacks("$.line_items", "Nothing is ordered");
  if (session.buyer === null || session.buyer.email === "") lacks("$.buyer.email", "Buyer email is required");
  const { destination } = session;
  if (destination === null || destination.address1 === "" || destination.zip === "" || destination.name === "") {
    lacks("$.fulfillment.methods[0].destinations[0]", "A delivery address with a name is required");
  } else if (forced.addressRefused || !isServed(destination)) {
    const content = "We do not deliver there.";
    const path = "$.fulfillment.methods[0].destinations[0]";
    messages.push({ type: "error", code: "address_undeliverable", content, severity: "recoverable", path });
  }
  if (chosen === undefined)
    lacks("$.fulfillment.methods[0].groups[0].selected_option_id", "Choose how it is delivered");
  return messages;
}

function drawBuyer(buyer: NonNullable<Session["buyer"]>): Json {
  return { email: buyer.email, first_name: buyer.firstName, last_name: buyer.lastName };
}

type Costs = { readonly shippingOptions: readonly ShippingOption[]; readonly subtotal: number; readonly units: number };

function drawFulfillment(session: Session, { shippingOptions, subtotal, units }: Costs): Json {
  const destination = must(session.destination, "fulfillment is drawn for a destination");
  const lineItemIds = session.lines.map((line) => line.id);
  return {
    methods: [
      {
        id: "shipping_1",
        type: "shipping",
        line_item_ids: lineItemIds,
        selected_destination_id: destination.id,
        destinations: [{ id: destination.id, ...drawAddress(destination) }],
        groups: [
          {
            id: "package_1",
            line_item_ids: lineItemIds,
            selected_option_id: session.shippingOptionId,
            options: shippingOptions.map((option) => ({
              id: option.id,
              title: option.name,
              description: `Arrives in ${option.daysMin}-${option.daysMax} days`,
              totals: [{ type: "total", amount: shippingCents(option, subtotal, units) }],
            })),
          },
        ],
      },
    ],
  };
}

export function drawAddress(to: Omit<NonNullable<Session["destination"]>, "id">): Json {
  const names = to.name.split(" ");
  return {
    first_name: names.slice(0, -1).join(" "),
    last_name: names.at(-1) ?? "",
    street_address: to.address1,
    ...(to.address2 === null ? {} : { extended_address: to.address2 }),
    address_locality: to.city,
    address_region: to.state,
    postal_code: to.zip,
    address_country: to.country,
    ...(to.phone === null ? {} : { phone_number: to.phone }),
  };
}
