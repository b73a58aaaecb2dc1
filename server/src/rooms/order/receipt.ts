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
  /** Who made it: a store, or the seller of a file. */
  readonly storeName: string;
  /** Said of a file's seller, beside whom Muse stands as the merchant. */
  readonly soldBy: string | null;
  readonly orderNumber: string;
  readonly lines: readonly ReceiptLine[];
  readonly sums: readonly { readonly label: string; readonly amount: string }[];
  /**
   * That the right to withdraw was given up for a file, when and in which words: a buyer is owed it on something they
   * can keep. Null where the right stands.
   */
  readonly agreed: string | null;
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
    soldBy: row.kind === "digital" ? `${words.seller}: ${row.storeName}` : null,
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
      ...(row.kind === "digital" && row.shippingMinor === 0n
        ? []
        : [{ label: words.shipping, amount: money(row.shippingMinor) }]),
      ...taxOf(row, words, money),
      { label: words.total, amount: money(row.totalMinor) },
    ],
    agreed:
      row.waiverWording === null || row.waivedAt === null
        ? null
        : `${words.agreed} ${dateOf(row.waivedAt, language)}: “${row.waiverWording}”`,
  };
}

/**
 * What is added on top, by the state it goes to; of won, the value added tax that every price there holds already
 * (docs/decisions/0080-receipts-with-vat.md). A file in dollars is taxed by nobody.
 */
function taxOf(row: OrderReadRow, words: ReceiptWords, money: (minor: bigint) => string): ReceiptPart["sums"] {
  if (row.currency === "KRW") return [{ label: words.vatIncluded, amount: money(vatIn(row.totalMinor)) }];
  if (row.kind === "digital" && row.taxMinor === 0n) return [];
  return [{ label: words.tax, amount: money(row.taxMinor) }];
}

/** A tenth of the net price, so an eleventh of the whole; to the nearest won. */
export function vatIn(totalMinor: bigint): bigint {
  return (totalMinor * 2n + 11n) / 22n;
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
  return [...(address === null ? [row.customerName] : []), ...lines, row.contactEmail].flatMap((line) =>
    line === null || line === "" ? [] : [line],
  );
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
  readonly seller: string;
  readonly merchant: string;
  readonly item: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly amount: string;
  readonly subtotal: string;
  readonly discount: string;
  readonly shipping: string;
  readonly tax: string;
  readonly vatIncluded: string;
  readonly total: string;
  readonly paid: string;
  /** Before a date and the sentence. */
  readonly agreed: string;
  /** Where letters are missing in the PDF's fonts. */
  readonly rewritten: string;
  readonly refunded: string;
};

export const wordsIn: Readonly<Record<Language, ReceiptWords>> = {
  en: {
    receipt: "Receipt",
    number: "Number",
    date: "Date",
    buyer: "Sold to",
    order: "Order",
    seller: "Made by",
    merchant: "Sold by Muse",
    item: "Item",
    quantity: "Quantity",
    unitPrice: "Price",
    amount: "Amount",
    subtotal: "Goods",
    discount: "Discount",
    shipping: "Shipping",
    tax: "Tax",
    vatIncluded: "Of that VAT (10%)",
    total: "Total",
    paid: "Paid",
    agreed: "Agreed by the buyer on",
    rewritten: "Letters that this file's fonts lack are written otherwise; the HTML receipt shows them as they are.",
    refunded: "Refunded",
  },
  ko: {
    receipt: "영수증",
    number: "번호",
    date: "날짜",
    buyer: "구매자",
    order: "주문",
    seller: "제작",
    merchant: "판매: Muse",
    item: "상품",
    quantity: "수량",
    unitPrice: "단가",
    amount: "금액",
    subtotal: "상품 금액",
    discount: "할인",
    shipping: "배송비",
    tax: "세금",
    vatIncluded: "부가가치세 포함 (10%)",
    total: "합계",
    paid: "결제 금액",
    agreed: "구매자 동의,",
    rewritten: "이 파일의 글꼴에 없는 문자는 다르게 표기되었습니다. HTML 영수증에는 그대로 표시됩니다.",
    refunded: "환불 금액",
  },
};
