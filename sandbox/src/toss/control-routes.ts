import type { FastifyInstance, FastifyRequest } from "fastify";

import { jsonOf } from "./api.ts";
import { asOfNow, expireOverdue } from "./clocks.ts";
import { recordCharge } from "./confirm.ts";
import { randomText } from "./ids.ts";
import { koreanTime, type Kept, type Payment } from "./payment.ts";
import type { Shop } from "./shop.ts";
import { authenticate, openPayment } from "./window-routes.ts";

type Path = { readonly Params: { readonly key: string } };

/** What only payers, banks and time can do at the real Toss. */
export function addTossControls(app: FastifyInstance, shop: Shop): void {
  addPayers(app, shop);
  addBank(app, shop);
  app.put("/toss-control/clock", (request, reply) => {
    const aheadMs = jsonOf(request.body)?.["aheadMs"];
    if (typeof aheadMs !== "number") return reply.code(400).send({ error: "body is { aheadMs: number }" });
    shop.putAhead(aheadMs);
    expireOverdue(shop);
    return { aheadMs };
  });
}

/** A payer who has opened the window, and said yes in it unless `isWaiting`. */
function addPayers(app: FastifyInstance, shop: Shop): void {
  app.post("/toss-control/payments", (request, reply) => {
    const { isWaiting, amount, ...named } = jsonOf(request.body) ?? {};
    const asked = {
      clientKey: "test_ck_muse_sandbox",
      orderName: "주문",
      successUrl: "http://127.0.0.1/success",
      failUrl: "http://127.0.0.1/fail",
      amount: String(amount),
      ...(named as Record<string, string>),
    };
    const kept = openPayment(shop, asked, originOf(request));
    if (kept === undefined) return reply.code(400).send({ error: "body is { orderId, amount, method?, isWaiting? }" });
    return shop.world.atomically(() => {
      shop.save(kept);
      return (isWaiting === true ? kept : authenticate(shop, kept)).payment;
    });
  });
}

function addBank(app: FastifyInstance, shop: Shop): void {
  const moves = { deposit, "deposit-error": depositError, "no-partial": noPartial } as const;
  for (const [verb, move] of Object.entries(moves)) {
    app.post<Path>(`/toss-control/payments/:key/${verb}`, async (request, reply) => {
      const kept = shop.store.byKey(request.params.key);
      const moved = kept === undefined ? undefined : shop.world.atomically(() => move(shop, kept));
      await Promise.all(shop.takeFirstDeliveries());
      return moved ?? reply.code(409).send({ error: "no such payment, or it is not in a state for that" });
    });
  }
}

/** The payer pays into the account. Toss tells both ways. */
function deposit(shop: Shop, kept: Kept): Payment | undefined {
  const { payment } = asOfNow(shop, kept);
  const { virtualAccount } = payment;
  if (payment.status !== "WAITING_FOR_DEPOSIT" || virtualAccount === null || virtualAccount.expired) return undefined;
  const done: Payment = {
    ...payment,
    status: "DONE",
    approvedAt: koreanTime(shop.now()),
    lastTransactionKey: randomText(32).toUpperCase(),
    virtualAccount: { ...virtualAccount, settlementStatus: "INCOMPLETED" },
  };
  shop.saveAndTell({ ...kept, payment: done });
  shop.tellDeposit(done);
  // The same money once more: it was charged when it came first.
  if (kept.isReverted === true) shop.world.records.append("toss", "deposit_again", done.paymentKey, moneyOf(done));
  else recordCharge(shop, done, null);
  return done;
}

/** The bank takes the deposit back: what was done waits again. */
function depositError(shop: Shop, kept: Kept): Payment | undefined {
  const { payment } = kept;
  if (payment.status !== "DONE" || payment.virtualAccount === null) return undefined;
  const waiting: Payment = { ...payment, status: "WAITING_FOR_DEPOSIT", approvedAt: null };
  shop.save({ ...kept, payment: waiting, isReverted: true });
  shop.tellDeposit(waiting);
  shop.world.records.append("toss", "deposit_error", payment.paymentKey, moneyOf(payment));
  return waiting;
}

function moneyOf({ totalAmount, orderId }: Payment): Record<string, unknown> {
  return { amount: totalAmount, currency: "krw", orderId };
}

/** Some ways of paying cannot be given back in parts. */
function noPartial(shop: Shop, kept: Kept): Payment {
  const payment: Payment = { ...kept.payment, isPartialCancelable: false };
  shop.save({ ...kept, payment });
  return payment;
}

function originOf(request: FastifyRequest): string {
  return `http://${request.headers.host ?? "127.0.0.1"}`;
}
