import type { Language } from "@muse/contracts/error";
import type { OrderBlock, OrderLine, Sum } from "../letter.ts";
import type { Checkout, ItemRecord, OrderRecord } from "../record.ts";
import { daysOf, filesReady, money, reasonOf, stateOf, sumWords } from "../words.ts";
import { refundSentence } from "./refund-words.ts";

/** One store's order with its items and sums, as it stands. */
export function orderCard(order: OrderRecord, checkout: Checkout, language: Language): OrderBlock {
  const { text, mood } = order.kind === "digital" && order.status === "delivered" ? filesReady : stateOf[order.status];
  return {
    kind: "order",
    storeName: order.storeName,
    orderNumber: order.orderNumber,
    state: { text: text[language], mood },
    notes: notesOf(order, checkout, language),
    lines: order.items.map((item) => itemLine(item, checkout.currency, language)),
    sums: sumsOf(order, checkout.currency, { language, isSent: order.kind === "physical" }),
  };
}

export function itemLine(item: ItemRecord, currency: string, language: Language): OrderLine {
  const count = language === "ko" ? `${item.quantity}개` : `Quantity ${item.quantity}`;
  const detail = [item.size, item.color, count].filter((part) => part !== null && part !== "").join(" · ");
  return { title: item.title, detail, amount: money(item.lineTotalMinor, currency, language) };
}

export type Amounts = {
  readonly subtotalMinor: number | bigint;
  readonly discountMinor: number | bigint;
  readonly shippingMinor: number | bigint;
  readonly taxMinor: number | bigint;
  readonly totalMinor: number | bigint;
};

type Told = {
  readonly language: Language;
  /** Files are not sent, so there is no delivery that could be free. */
  readonly isSent: boolean;
  readonly isPaid?: boolean;
};

/** How a total came about, line by line; what is nothing is left out, but for the delivery, which is then free. */
export function sumsOf(of: Amounts, currency: string, { language, isSent, isPaid = false }: Told): readonly Sum[] {
  const sum = (label: keyof typeof sumWords, minor: number | bigint): Sum => ({
    label: sumWords[label][language],
    amount: money(minor, currency, language),
  });
  const shipping = sum("shipping", of.shippingMinor);
  return [
    sum("goods", of.subtotalMinor),
    ...(BigInt(of.discountMinor) === 0n ? [] : [sum("discount", -BigInt(of.discountMinor))]),
    ...(BigInt(of.shippingMinor) !== 0n ? [shipping] : []),
    ...(BigInt(of.shippingMinor) === 0n && isSent ? [{ ...shipping, amount: sumWords.free[language] }] : []),
    ...(BigInt(of.taxMinor) === 0n ? [] : [sum("tax", of.taxMinor)]),
    { ...sum(isPaid ? "paid" : "total", of.totalMinor), isTotal: true },
  ];
}

function notesOf(order: OrderRecord, checkout: Checkout, language: Language): readonly string[] {
  if (order.status === "failed" || order.status === "cancelled") {
    return [reasonOf(order.reason, language), refundSentence(order, checkout, language)].filter((text) => text !== "");
  }
  if (
    order.kind === "physical" &&
    order.status !== "delivered" &&
    order.deliveryFrom !== null &&
    order.deliveryTo !== null
  ) {
    const days = daysOf(order.deliveryFrom, order.deliveryTo, language);
    return [language === "ko" ? `도착 예정: ${days}` : `Arrives ${days}`];
  }
  return [];
}
