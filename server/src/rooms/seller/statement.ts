import { assert } from "#kernel/assert.ts";
import { decimalText, isCurrency } from "#kernel/money.ts";
import type { StatementLinesRow } from "./seller.sql.gen.ts";

const columns = [
  "sold_at",
  "order",
  "product_id",
  "title",
  "status",
  "currency",
  "price_before_tax",
  "refunded",
  "fee_percent",
  "fee",
  "due_to_seller",
] as const;

/**
 * A month's sales as CSV (RFC 4180, UTF-8 with a byte order mark, which spreadsheets need for Hangul), and a last line
 * that sums them. Amounts are decimals of the currency's major unit.
 */
export function statementCsv(rows: readonly StatementLinesRow[], currency: string): string {
  assert(isCurrency(currency), "statementCsv: a currency we take");
  const amount = (minor: bigint): string => decimalText(minor, currency);
  const sum = (of: (row: StatementLinesRow) => bigint): string => amount(rows.reduce((all, row) => all + of(row), 0n));
  const lines = rows.map((row) => [
    row.soldAt.toISOString(),
    row.orderNumber,
    row.productId,
    row.title,
    row.paymentStatus,
    currency,
    amount(row.grossMinor),
    amount(row.refundedMinor),
    decimalText(BigInt(row.feeBp), "USD"),
    amount(row.feeMinor),
    amount(row.netMinor),
  ]);
  const total = [
    "total",
    String(rows.length),
    "",
    "",
    "",
    currency,
    sum((row) => row.grossMinor),
    sum((row) => row.refundedMinor),
    "",
    sum((row) => row.feeMinor),
    sum((row) => row.netMinor),
  ];
  return `\uFEFF${[[...columns], ...lines, total].map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** A title that begins like a formula would be run by whoever opens the file. */
function cell(text: string): string {
  const harmless = /^[=+@\t\r]|^-(?![\d.]+$)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
