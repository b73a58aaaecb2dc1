import { Readable } from "node:stream";
import { assert } from "#kernel/assert.ts";
import { decimalText, isCurrency } from "#kernel/money.ts";
import type { Db } from "#platform/db/query.ts";
import { statementLines, type StatementLinesRow } from "./seller.sql.gen.ts";

export type SalesWish = {
  readonly accountId: string;
  readonly currency: string;
  /** In UTC: 2026-11. */
  readonly month: string;
};

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

/** Sales read at once: bounds what one statement holds in memory, however long it is. */
const pageMax = 1_000;

/**
 * A month's sales as CSV (RFC 4180, UTF-8 with a byte order mark, which spreadsheets need for Hangul), and a last line
 * that sums them. Amounts are decimals of the currency's major unit.
 */
export function writeSales(db: Db, wish: SalesWish, limit = pageMax): Readable {
  return Readable.from(statementCsv(salesOf(db, wish, limit), wish.currency));
}

async function* salesOf(db: Db, wish: SalesWish, limit: number): AsyncGenerator<StatementLinesRow> {
  let after: string | null = null;
  for (;;) {
    const rows: readonly StatementLinesRow[] = await statementLines(db, { ...wish, after, limit: BigInt(limit) });
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < limit) return;
    after = last.orderNumber;
  }
}

type Rows = Iterable<StatementLinesRow> | AsyncIterable<StatementLinesRow>;

/** The text of a statement, a line at a time. */
export async function* statementCsv(rows: Rows, currency: string): AsyncGenerator<string> {
  assert(isCurrency(currency), "statementCsv: a currency we take");
  const amount = (minor: bigint): string => decimalText(minor, currency);
  const sum = { sales: 0, grossMinor: 0n, refundedMinor: 0n, feeMinor: 0n, netMinor: 0n };
  yield `\uFEFF${lineOf(columns)}`;
  for await (const row of rows) {
    sum.sales += 1;
    sum.grossMinor += row.grossMinor;
    sum.refundedMinor += row.refundedMinor;
    sum.feeMinor += row.feeMinor;
    sum.netMinor += row.netMinor;
    yield lineOf([
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
  }
  const [gross, refunded] = [amount(sum.grossMinor), amount(sum.refundedMinor)];
  const [fee, net] = [amount(sum.feeMinor), amount(sum.netMinor)];
  yield lineOf(["total", String(sum.sales), "", "", "", currency, gross, refunded, "", fee, net]);
}

function lineOf(cells: readonly string[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

/** A title that begins like a formula would be run by whoever opens the file. */
function cell(text: string): string {
  const harmless = /^[=+@\t\r]|^-(?![\d.]+$)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
