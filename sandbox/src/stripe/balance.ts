import type { Account } from "./account.ts";
import type { BalanceTransaction } from "./objects.ts";
import { noSuch, type Refusal } from "./refusal.ts";
import { listAllows, listPage, ok, type Answer, type Call, type Route } from "./route.ts";

export const balanceRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/balance", endpoint: "balance.retrieve", allowed: [], handle: retrieveBalance },
  {
    method: "GET",
    path: "/v1/balance_transactions",
    endpoint: "balance_transactions.list",
    answers: "balance_transaction",
    isList: true,
    allowed: listAllows("source", "type", "currency", "payout"),
    handle: list,
  },
  {
    method: "GET",
    path: "/v1/balance_transactions/:id",
    endpoint: "balance_transactions.retrieve",
    answers: "balance_transaction",
    allowed: [],
    handle: retrieve,
  },
];

const daysUntilAvailable = 2;
const secondsPerDay = 86_400;
/** Stripe's list price in the United States: 2.9 % and 30 cents a charge; refunds give no fee back. */
const feeShare = 0.029;
const feeFixedMinor = 30;
/** Currencies whose amounts are whole units. */
const zeroDecimal: ReadonlySet<string> = new Set([
  "bif",
  "clp",
  "djf",
  "gnf",
  "jpy",
  "kmf",
  "krw",
  "mga",
  "pyg",
  "rwf",
  "ugx",
  "vnd",
  "vuv",
  "xaf",
  "xof",
  "xpf",
]);

/**
 * Books money in or out of the account's balance.
 * @param amount signed minor units: charges are positive, refunds and disputes negative
 */
export function addBalanceTransaction(
  account: Account,
  type: BalanceTransaction["type"],
  amount: number,
  currency: string,
  source: string,
): BalanceTransaction {
  const fee = feeOf(type, amount, currency);
  const created = account.seconds();
  const transaction: BalanceTransaction = {
    id: account.newId("txn"),
    object: "balance_transaction",
    amount,
    available_on: created + daysUntilAvailable * secondsPerDay,
    balance_type: "payments",
    created,
    currency,
    description: null,
    exchange_rate: null,
    fee,
    fee_details:
      fee === 0
        ? []
        : [{ amount: fee, application: null, currency, description: "Stripe processing fees", type: "stripe_fee" }],
    net: amount - fee,
    reporting_category: type === "adjustment" ? "dispute" : type,
    source,
    status: "pending",
    type,
  };
  account.store.insert(transaction, source);
  return transaction;
}

function feeOf(type: BalanceTransaction["type"], amount: number, currency: string): number {
  if (type !== "charge" && type !== "payment") return 0;
  return Math.round(amount * feeShare) + (zeroDecimal.has(currency) ? 0 : feeFixedMinor);
}

function retrieve(call: Call): Answer | Refusal {
  const transaction = call.account.store.get("balance_transaction", call.id);
  return transaction === undefined ? noSuch("balance transaction", call.id) : ok(transaction);
}

function list(call: Call): Answer | Refusal {
  const type = call.params.text("type");
  const currency = call.params.text("currency");
  return listPage(call, {
    type: "balance_transaction",
    url: "/v1/balance_transactions",
    parent: call.params.text("source"),
    where: (entry) =>
      (type === undefined || entry.type === type) && (currency === undefined || entry.currency === currency),
  });
}

function retrieveBalance(call: Call): Answer {
  const rows = call.account.world.db
    .prepare(`select doc ->> '$.currency' as currency, sum(doc ->> '$.net') as net
    from stripe_object where type = 'balance_transaction' group by 1`)
    .all();
  const pending = rows.map((row) => ({
    amount: Number(row["net"]),
    currency: String(row["currency"]),
    source_types: { card: Number(row["net"]) },
  }));
  return ok({
    object: "balance",
    available: pending.map((entry) => ({ ...entry, amount: 0, source_types: { card: 0 } })),
    livemode: false,
    pending,
  });
}
