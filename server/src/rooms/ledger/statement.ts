import { Readable } from "node:stream";
import { assert } from "#kernel/assert.ts";
import { decimalText, isCurrency } from "#kernel/money.ts";
import type { Db } from "#platform/db/query.ts";
import { statementLines, statementOpening } from "./ledger.sql.gen.ts";

export type StatementWish = {
  readonly kind: "store" | "seller";
  readonly ownerId: string;
  /** In UTC: 2026-11. */
  readonly month: string;
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

async function* linesOf(db: Db, { kind, ownerId, month }: StatementWish): AsyncIterable<string> {
  const { fromAt, toAt } = spanOf(month);
  const of = { ownerId, accounts: [...accountsOf[kind]] };
  const balances = new Map<string, bigint>();
  yield "date,entry,what,order,account,amount,currency,balance\r\n";
  for (const { currency, balanceMinor } of await statementOpening(db, { ...of, fromAt })) {
    balances.set(currency, balanceMinor);
    yield row([fromAt.toISOString(), "", "opening_balance", "", "", "", currency, written(balanceMinor, currency)]);
  }
  let after = { afterEntryId: 0n, afterLineNo: 0 };
  for (;;) {
    const lines = await statementLines(db, { ...of, fromAt, toAt, ...after, limit: pageMax });
    for (const { at, entryId, cause, orderNumber, account, amountMinor, currency } of lines) {
      const balance = (balances.get(currency) ?? 0n) + amountMinor;
      balances.set(currency, balance);
      const amounts = [written(amountMinor, currency), currency, written(balance, currency)];
      yield row([at.toISOString(), String(entryId), cause, orderNumber ?? "", account, ...amounts]);
    }
    const last = lines.at(-1);
    if (last === undefined || lines.length < pageMax) break;
    after = { afterEntryId: last.entryId, afterLineNo: last.lineNo };
  }
  for (const [currency, balance] of balances) {
    yield row([toAt.toISOString(), "", "closing_balance", "", "", "", currency, written(balance, currency)]);
  }
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
