import { Readable } from "node:stream";
import { assert } from "#kernel/assert.ts";
import { decimalText, isCurrency } from "#kernel/money.ts";
import type { Db } from "#platform/db/query.ts";
import { statementLines, statementOpening, type StatementLinesRow } from "./ledger.sql.gen.ts";

export type StatementWish = {
  readonly kind: "store" | "seller";
  readonly ownerId: string;
  /** In UTC: 2026-11. */
  readonly month: string;
  /** Of one currency alone; null: of each. */
  readonly currency: string | null;
};

/** Whose balance each kind of owner has. */
const accountsOf = { store: ["store_payable", "shipping"], seller: ["seller_payable"] } as const;

/** Lines read at once: bounds what one statement holds in memory, however long it is. */
const pageMax = 1_000;

/**
 * A store's or seller's statement of one month as CSV, a line for each posting and one for the balance at each end, in
 * each currency. Amounts are plain decimals; what is owed to them stands above zero. Every value is ours (ids, codes,
 * numbers), so no cell can be taken for a formula.
 */
export function writeStatement(db: Db, wish: StatementWish): Readable {
  return Readable.from(linesOf(db, wish));
}

async function* linesOf(db: Db, { kind, ownerId, month, currency }: StatementWish): AsyncIterable<string> {
  const { fromAt, toAt } = spanOf(month);
  const of = { ownerId, accounts: [...accountsOf[kind]], currency };
  // A statement of one currency says that there was nothing before, too.
  const balances = new Map<string, bigint>(currency === null ? [] : [[currency, 0n]]);
  yield "date,entry,what,order,payout,account,amount,currency,balance\r\n";
  for (const opening of await statementOpening(db, { ...of, fromAt })) {
    balances.set(opening.currency, opening.balanceMinor);
  }
  for (const [each, balance] of balances) yield balanceRow(fromAt, "opening_balance", each, balance);
  let after = { afterEntryId: 0n, afterLineNo: 0 };
  for (;;) {
    const lines = await statementLines(db, { ...of, fromAt, toAt, ...after, limit: pageMax });
    for (const line of lines) {
      const balance = (balances.get(line.currency) ?? 0n) + line.amountMinor;
      balances.set(line.currency, balance);
      yield lineRow(line, balance);
    }
    const last = lines.at(-1);
    if (last === undefined || lines.length < pageMax) break;
    after = { afterEntryId: last.entryId, afterLineNo: last.lineNo };
  }
  for (const [each, balance] of balances) yield balanceRow(toAt, "closing_balance", each, balance);
}

function lineRow(line: StatementLinesRow, balance: bigint): string {
  const { at, entryId, cause, orderNumber, payout, account, amountMinor, currency } = line;
  const amounts = [written(amountMinor, currency), currency, written(balance, currency)];
  return row([at.toISOString(), String(entryId), cause, orderNumber ?? "", payout ?? "", account, ...amounts]);
}

function balanceRow(at: Date, what: string, currency: string, balance: bigint): string {
  return row([at.toISOString(), "", what, "", "", "", "", currency, written(balance, currency)]);
}

function row(cells: readonly string[]): string {
  return `${cells.join(",")}\r\n`;
}

function written(minor: bigint, currency: string): string {
  assert(isCurrency(currency), "statement: the ledger is in currencies of ours");
  return decimalText(minor, currency);
}

function spanOf(month: string): { readonly fromAt: Date; readonly toAt: Date } {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return { fromAt: new Date(Date.UTC(year, number - 1)), toAt: new Date(Date.UTC(year, number)) };
}
