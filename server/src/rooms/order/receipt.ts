import type { Language } from "@muse/contracts/error";
import { assert, must } from "#kernel/assert.ts";
import type { OrderReadRow } from "./order.sql.gen.ts";
import { displayMinor } from "./present.ts";
import { addressOf, itemsOf } from "./record.ts";

/** Everything a receipt says, as text for the reader; what it looks like is the business of HTML and PDF. */
export type Receipt = {
  readonly language: Language;
  readonly words: ReceiptWords;
  /** The order's number, or the checkout's id. */
  readonly number: string;
  readonly date: string;
  readonly buyer: readonly string[];
  readonly parts: readonly ReceiptPart[];
  /** Over all parts. */
  readonly total: string;
  readonly refunded: string | null;
};

export type ReceiptPart = {
  readonly storeName: string;
  readonly orderNumber: string;
  readonly lines: readonly ReceiptLine[];
  readonly sums: readonly { readonly label: string; readonly amount: string }[];
};

export type ReceiptLine = {
  readonly title: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly total: string;
};

/** A receipt for one order, or for all orders of one checkout. @param rows at least one, all of one checkout */
export function receiptOf(rows: readonly OrderReadRow[], language: Language): Receipt {
  const first = must(rows[0], "receiptOf: a receipt is for something");
  assert(
    rows.every(({ sessionId }) => sessionId === first.sessionId),
    "receiptOf: one checkout, one receipt",
  );
  const sum = (of: (row: OrderReadRow) => bigint): bigint => rows.reduce((total, row) => total + of(row), 0n);
  const refundedMinor = sum((row) => row.refundedMinor);
  const words = wordsIn[language];
  return {
    language,
    words,
    number: rows.length === 1 ? first.orderNumber : first.sessionId,
    date: dateOf(first.paidAt ?? first.createdAt, language),
    buyer: buyerOf(first),
    parts: rows.map((row) => partOf(row, language)),
    total: displayMinor(
      sum((row) => row.totalMinor),
      first.currency,
      language,
    ),
    refunded: refundedMinor === 0n ? null : displayMinor(refundedMinor, first.currency, language),
  };
}

function partOf(row: OrderReadRow, language: Language): ReceiptPart {
  const money = (minor: bigint): string => displayMinor(minor, row.currency, language);
  const words = wordsIn[language];
  return {
    storeName: row.storeName,
    orderNumber: row.orderNumber,
    lines: itemsOf(row.items).map((item) => ({
      title: [item.title, item.size, item.color].filter((part) => part !== null && part !== "").join(", "),
      quantity: String(item.quantity),
      unitPrice: money(BigInt(item.unitPriceMinor)),
      total: money(BigInt(item.lineTotalMinor)),
    })),
    sums: [
      { label: words.subtotal, amount: money(row.subtotalMinor) },
      ...(row.discountMinor === 0n ? [] : [{ label: words.discount, amount: money(-row.discountMinor) }]),
      { label: words.shipping, amount: money(row.shippingMinor) },
      { label: words.tax, amount: money(row.taxMinor) },
      { label: words.total, amount: money(row.totalMinor) },
    ],
  };
}

function buyerOf(row: OrderReadRow): readonly string[] {
  const address = addressOf(row.shippingAddress);
  const lines =
    address === null
      ? []
      : [
          address.name,
          address.address1,
          address.address2,
          `${address.city}, ${address.state} ${address.zip}`,
          address.country,
        ];
  return [...lines, row.contactEmail].flatMap((line) => (line === null || line === "" ? [] : [line]));
}

/** In UTC, and it says so: a receipt is read in other places than it was made in. */
function dateOf(date: Date, language: Language): string {
  return `${new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(date)} (UTC)`;
}

export type ReceiptWords = {
  readonly receipt: string;
  readonly number: string;
  readonly date: string;
  readonly buyer: string;
  readonly order: string;
  readonly item: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly amount: string;
  readonly subtotal: string;
  readonly discount: string;
  readonly shipping: string;
  readonly tax: string;
  readonly total: string;
  readonly paid: string;
  readonly refunded: string;
};

export const wordsIn: Readonly<Record<Language, ReceiptWords>> = {
  en: {
    receipt: "Receipt",
    number: "Number",
    date: "Date",
    buyer: "Sold to",
    order: "Order",
    item: "Item",
    quantity: "Quantity",
    unitPrice: "Price",
    amount: "Amount",
    subtotal: "Goods",
    discount: "Discount",
    shipping: "Shipping",
    tax: "Tax",
    total: "Total",
    paid: "Paid",
    refunded: "Refunded",
  },
  ko: {
    receipt: "영수증",
    number: "번호",
    date: "날짜",
    buyer: "구매자",
    order: "주문",
    item: "상품",
    quantity: "수량",
    unitPrice: "단가",
    amount: "금액",
    subtotal: "상품 금액",
    discount: "할인",
    shipping: "배송비",
    tax: "세금",
    total: "합계",
    paid: "결제 금액",
    refunded: "환불 금액",
  },
};
