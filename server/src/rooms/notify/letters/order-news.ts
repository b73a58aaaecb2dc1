/** What becomes of one store's order: on its way, there, or not to be had. */
import type { Language } from "@muse/contracts/error";
import type { Block, Fact, Letter } from "../letter.ts";
import type { Links } from "../links.ts";
import type { Checkout, ItemRecord, OrderRecord, ShipmentRecord } from "../record.ts";
import { dayOf, reasonOf, stateOf } from "../words.ts";
import { itemLine, orderCard } from "./order-card.ts";
import { refundSentence } from "./refund-words.ts";

/** A store's order failed or was cancelled: why, what goes back, and that the others are as they were. */
export function orderEnded(checkout: Checkout, order: OrderRecord, language: Language, links: Links): Letter {
  const said = words[language];
  const byShopper = order.reason === "cancelled_by_shopper";
  const title = byShopper ? said.cancelled(order.storeName) : said.failed(order.storeName);
  const refund = refundSentence(order, checkout, language);
  const isAlone = !checkout.orders.some(({ status }) => status !== "failed" && status !== "cancelled");
  const { notes: _notes, ...card } = orderCard(order, checkout, language);
  const blocks: Block[] = [
    { kind: "title", text: title },
    { kind: "paragraph", text: [reasonOf(order.reason, language), refund].filter((text) => text !== "").join(" ") },
    ...(isAlone ? [] : [{ kind: "paragraph" as const, text: said.others }]),
    { kind: "action", label: said.see, url: links.order(order.orderNumber) },
    { ...card, notes: [] },
  ];
  return { language, subject: title, preview: refund === "" ? reasonOf(order.reason, language) : refund, blocks };
}

/** A parcel left; or the whole order did, and nobody told a number. */
export function shipped(
  {
    checkout,
    order,
    shipment,
  }: { readonly checkout: Checkout; readonly order: OrderRecord; readonly shipment: ShipmentRecord | null },
  language: Language,
  links: Links,
): Letter {
  const said = words[language];
  const items = inParcel(order, shipment);
  const isPart = items.length < order.items.length;
  const title = said.shipped(order.storeName);
  const blocks: Block[] = [
    { kind: "title", text: title },
    { kind: "paragraph", text: isPart ? said.part : said.whole },
    ...(shipment === null ? [] : [{ kind: "facts" as const, rows: factsOf(shipment, language) }]),
    { kind: "action", label: said.follow, url: links.order(order.orderNumber) },
    contentsOf(order, items, checkout, language),
  ];
  return { language, subject: title, preview: shipment === null ? said.whole : previewOf(shipment, language), blocks };
}

export function delivered(checkout: Checkout, order: OrderRecord, language: Language, links: Links): Letter {
  const said = words[language];
  const blocks: Block[] = [
    { kind: "title", text: said.delivered(order.storeName) },
    { kind: "paragraph", text: said.enjoy },
    { kind: "action", label: said.see, url: links.order(order.orderNumber) },
    contentsOf(order, order.items, checkout, language),
  ];
  return { language, subject: said.delivered(order.storeName), preview: said.enjoy, blocks };
}

function contentsOf(order: OrderRecord, items: readonly ItemRecord[], checkout: Checkout, language: Language): Block {
  const { text, mood } = stateOf[order.status];
  return {
    kind: "order",
    storeName: order.storeName,
    orderNumber: order.orderNumber,
    state: { text: text[language], mood },
    notes: [],
    lines: items.map((item) => itemLine(item, checkout.currency, language)),
    sums: [],
  };
}

function inParcel(order: OrderRecord, shipment: ShipmentRecord | null): readonly ItemRecord[] {
  const lineNos = shipment?.lineNos ?? null;
  return lineNos === null ? order.items : order.items.filter(({ lineNo }) => lineNos.includes(lineNo));
}

function factsOf(shipment: ShipmentRecord, language: Language): readonly Fact[] {
  const said = words[language];
  const { carrier, trackingNumber, estimatedDelivery } = shipment;
  return [
    ...(estimatedDelivery === null
      ? []
      : [{ label: said.expected, lines: [dayOf(new Date(estimatedDelivery), language)] }]),
    { label: said.carrier, lines: [carrierName(carrier)] },
    { label: said.tracking, lines: [trackingNumber] },
  ];
}

function previewOf({ carrier, trackingNumber, estimatedDelivery }: ShipmentRecord, language: Language): string {
  const day = estimatedDelivery === null ? "" : dayOf(new Date(estimatedDelivery), language);
  const parcel = `${carrierName(carrier)} ${trackingNumber}`;
  if (day === "") return parcel;
  return language === "ko" ? `도착 예정: ${day}. ${parcel}` : `Expected ${day}. ${parcel}`;
}

const carriers: Readonly<Record<string, string>> = {
  ups: "UPS",
  usps: "USPS",
  fedex: "FedEx",
  dhl: "DHL",
  swiftpost: "SwiftPost",
  bluecrate: "BlueCrate",
};

/** As the carrier writes itself, or else its code as a word. */
function carrierName(code: string): string {
  return carriers[code] ?? code.charAt(0).toUpperCase() + code.slice(1);
}

const words = {
  en: {
    failed: (store: string) => `${store} could not take your order`,
    cancelled: (store: string) => `Your order from ${store} is cancelled`,
    others: "Your other orders are not affected.",
    see: "See the order",
    shipped: (store: string) => `Your order from ${store} is on its way`,
    whole: "Everything you ordered there has left the store.",
    part: "Part of your order has left the store. The rest follows, and we write again when it does.",
    follow: "Follow the parcel",
    delivered: (store: string) => `Your order from ${store} has arrived`,
    enjoy: "We hope you like it. If something is wrong with it, ask for your money back on the order's page.",
    expected: "Expected",
    carrier: "Carrier",
    tracking: "Tracking number",
  },
  ko: {
    failed: (store: string) => `${store}에서 주문을 받지 못했습니다`,
    cancelled: (store: string) => `${store} 주문이 취소되었습니다`,
    others: "다른 스토어의 주문에는 영향이 없습니다.",
    see: "주문 보기",
    shipped: (store: string) => `${store} 주문 상품이 출발했습니다`,
    whole: "주문하신 상품이 모두 발송되었습니다.",
    part: "주문하신 상품 중 일부가 먼저 발송되었습니다. 나머지 상품이 발송되면 다시 알려 드립니다.",
    follow: "배송 조회",
    delivered: (store: string) => `${store} 주문 상품이 도착했습니다`,
    enjoy: "마음에 드시길 바랍니다. 상품에 문제가 있다면 주문 페이지에서 환불을 요청해 주세요.",
    expected: "도착 예정",
    carrier: "택배사",
    tracking: "운송장 번호",
  },
} as const;
