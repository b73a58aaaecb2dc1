import { expectedOf, type Expected, type ExpectedOrder } from "./expect.ts";
import { readFacts, type Facts, type OrderFacts } from "./facts.ts";
import { moneyIn } from "./money.ts";
import { counted } from "./page.ts";
import type { Show } from "./show.ts";

export type Check = { readonly isSo: boolean; readonly text: string; readonly found: string };

/**
 * Holds how it ended against the database and against the books of the payment provider and the stores.
 *
 * @returns whether all of it is as it should be
 */
export async function prove(show: Show, sessionId: string): Promise<boolean> {
  const { page, options, system } = show;
  const facts = await readFacts(system, sessionId);
  const expected = expectedOf(options);
  const money = moneyIn(facts.session.currency, options.language);
  const sections = [
    { title: "The proof, from Muse's database", checks: databaseChecks(facts, expected, money) },
    {
      title: "The proof, from the books of the payment provider and the stores",
      checks: outsideChecks(facts, expected, money),
    },
    ...(options.storeTimesOut ? [{ title: "The store that never answered", checks: lookUpChecks(facts) }] : []),
  ];
  for (const { title, checks } of sections) {
    page.chapter(title);
    for (const { isSo, text, found } of checks) page.check(isSo, text, found);
  }
  if (show.oddities.length > 0) page.chapter("What was wrong on the way");
  for (const oddity of show.oddities) page.check(false, oddity);
  return show.oddities.length === 0 && sections.every(({ checks }) => checks.every(({ isSo }) => isSo));
}

type Money = (minor: number) => string;

function databaseChecks(facts: Facts, expected: Expected, money: Money): Check[] {
  const { session, orders, payments, refunds } = facts;
  const succeeded = payments.filter(({ status }) => status === "succeeded");
  const charged = sum(succeeded.map(({ amount }) => amount));
  const back = sum(refunds.filter(({ status }) => status === "succeeded").map(({ amount }) => amount));
  const living = orders.filter(({ status }) => status !== "failed" && status !== "cancelled");
  const kept = sum(living.map(({ total }) => total));
  const toPay = expected.isPaid ? session.total : 0;
  const toRefund = sum(expected.orders.filter(({ isRefunded }) => isRefunded).map((end) => totalOf(orders, end)));
  const payment = expected.isPaid ? `one payment succeeded, of ${money(toPay)}` : "no payment succeeded";
  const paid = succeeded.length === (expected.isPaid ? 1 : 0) && charged === toPay;
  const left = `charged ${money(charged)} − refunded ${money(back)} = ${money(kept)}, the orders that stand`;
  return [
    check(session.status === expected.session, `the checkout is ${expected.session}`, session.status),
    check(paid, payment, `${succeeded.length} of ${payments.length}, ${money(charged)}`),
    check(back === toRefund, `refunded: ${money(toRefund)}`, money(back)),
    check(charged - back === (expected.isPaid ? kept : 0), expected.isPaid ? left : "nothing is owed to anybody", left),
    ...(expected.isPaid ? paidChecks(facts, expected, money) : unpaidChecks(facts)),
    check(facts.openReservations === 0, "no stock is held any more", `${facts.openReservations} reservations`),
  ];
}

function paidChecks({ orders, session, ...facts }: Facts, expected: Expected, money: Money): Check[] {
  const totals = orders.map(({ total }) => money(total)).join(" + ");
  return [
    check(
      orders.length === expected.orders.length,
      `${counted(expected.orders.length, "order")}, one a store`,
      String(orders.length),
    ),
    check(sum(orders.map(({ total }) => total)) === session.total, `${totals} = ${money(session.total)}`, totals),
    ...expected.orders.map((end) => endCheck(orders, end)),
    check(facts.historyGaps === 0, "each order's history is whole", `${facts.historyGaps} gaps`),
    check(facts.boughtStillInCart === 0, "what was bought has left the cart", `${facts.boughtStillInCart} still there`),
  ];
}

function unpaidChecks({ orders }: Facts): Check[] {
  const paid = orders.filter(({ paymentStatus }) => paymentStatus !== "unpaid");
  const attempts = sum(orders.map((order) => order.attempts));
  return [
    check(paid.length === 0, "no order is paid", `${paid.length} are`),
    check(attempts === 0, "no store was asked for anything", `${attempts} attempts`),
  ];
}

function endCheck(orders: readonly OrderFacts[], { storeId, status, isRefunded }: ExpectedOrder): Check {
  const order = orders.find((candidate) => candidate.storeId === storeId);
  const paymentStatus = isRefunded ? "refunded" : "paid";
  const found = order === undefined ? "no order" : `${order.status}, ${order.paymentStatus}`;
  const isSo = order?.status === status && order.paymentStatus === paymentStatus;
  return check(isSo, `${storeId}: ${status}, ${paymentStatus}`, found);
}

function outsideChecks({ outside, orders, session }: Facts, expected: Expected, money: Money): Check[] {
  const { charges, refunds } = outside;
  const ends = expected.orders.filter(({ isRefunded }) => isRefunded);
  const isCharged = expected.isPaid ? charges.length === 1 && charges[0] === session.total : charges.length === 0;
  const charge = expected.isPaid
    ? `one charge at the provider, of ${money(session.total)}`
    : "no charge at the provider";
  const toRefund = sum(ends.map((end) => totalOf(orders, end)));
  const count = counted(ends.length, "refund");
  const back = ends.length === 0 ? "no refund at the provider" : `${count} at the provider, ${money(toRefund)} in all`;
  return [
    check(isCharged, charge, `${charges.length}: ${charges.map(money).join(", ")}`),
    check(
      refunds.length === ends.length && sum(refunds) === toRefund,
      back,
      `${refunds.length}: ${refunds.map(money).join(", ")}`,
    ),
    ...expected.orders.map((end) => bookCheck(outside, end)),
  ];
}

function bookCheck(
  { accepted, cancelled }: Facts["outside"],
  { storeId, status, accepted: [min, max] }: ExpectedOrder,
): Check {
  const taken = accepted.filter((order) => order.storeId === storeId).length;
  const givenBack = cancelled.filter((order) => order.storeId === storeId).length;
  const toGiveBack = status === "cancelled" ? taken : 0;
  const isSo = taken >= min && taken <= max && givenBack === toGiveBack;
  const found = `${taken} accepted, ${givenBack} cancelled`;
  return check(isSo, `${storeId}'s own book: ${isSo ? found : `${max} accepted, ${toGiveBack} cancelled`}`, found);
}

function lookUpChecks({ orders }: Facts): Check[] {
  const order = orders.find(({ storeId }) => storeId === "harbor-outlet");
  const attempts = order?.attempts ?? 0;
  const lookUps = order?.lookUps ?? 0;
  return [
    check(attempts === 1, "it was asked to take the order once", `${attempts} times`),
    check(lookUps >= 1, `and asked whether it has it: ${counted(lookUps, "look-up")}`, "never"),
  ];
}

function totalOf(orders: readonly OrderFacts[], { storeId }: ExpectedOrder): number {
  return orders.find((order) => order.storeId === storeId)?.total ?? 0;
}

function check(isSo: boolean, text: string, found: string): Check {
  return { isSo, text, found };
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((whole, amount) => whole + amount, 0);
}
