/** Payments at Toss that their shopper has left, refused or never paid: they end here as they have ended there. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { must } from "#kernel/assert.ts";
import { checkoutSweeps } from "#rooms/checkout";
import { makeCart, makeStore, makeVariant } from "../test/makers.ts";
import { openWonShop } from "../test/won-shop.ts";

const shop = await openWonShop();
const { pool, payer, sandbox, send } = shop;

type Left = { readonly sessionId: string };

async function swept(name: string): Promise<void> {
  const sweep = must(
    checkoutSweeps(shop.reconciling).find((each) => each.name === name),
    name,
  );
  await sweep.run(new AbortController().signal);
}

/** The half hour is over, and the job that follows has run. */
async function expired(left: Left): Promise<void> {
  await pool.query("update checkout.session set expires_at = now() where session_id = $1", [left.sessionId]);
  await swept("checkout.expire_sessions");
  await shop.callOff(left);
}

async function endOf({ sessionId }: Left) {
  const { rows } = await pool.query(
    `select s.status as session, p.status as payment, p.provider_ref as ref,
       (select array_agg(distinct o.status::text || ' ' || o.payment_status) from orders.store_order o where o.session_id = s.session_id) as orders,
       (select array_agg(distinct r.status::text) from inventory.reservation r where r.session_id = s.session_id) as stock
     from checkout.session s join payment.payment p using (session_id) where s.session_id = $1`,
    [sessionId],
  );
  return rows[0];
}

/** A shopper who has said yes in Toss's window; `confirm` is what their browser does when it comes back. */
async function agreed(method = "CARD") {
  const storeId = await makeStore(pool, { currency: "KRW" });
  const variant = await makeVariant(pool, { storeId, currency: "KRW", stock: 1 });
  const me = ["anonymous", await makeCart(pool, [{ variant }])] as const;
  const { sessionId } = (await send("POST", "/api/v1/checkout/sessions", me, {})).json.data as Left;
  await pool.query("update checkout.session set needs_shipping = false where session_id = $1", [sessionId]);
  const opened = await send("POST", `/api/v1/checkout/sessions/${sessionId}/toss`, me, {});
  const { orderId, amountCents: amount } = opened.json.data as { orderId: string; amountCents: number };
  const paymentKey = await payer.agree({ orderId, amount, method });
  const confirm = async () => await send("POST", "/api/payments/toss/confirm", me, { orderId, paymentKey, amount });
  return { sessionId, confirm };
}

test("refused at Toss and left for good, a payment ends with its session: nobody asks after it any more", async () => {
  const refusals = [
    async (confirm: () => Promise<{ readonly status: number }>) => {
      const refusal = { kind: "decline", value: "REJECT_CARD_PAYMENT", times: 1 };
      await sandbox.faults([{ part: "toss", endpoint: "payments.confirm", ...refusal }]);
      return await confirm();
    },
    async (confirm: () => Promise<{ readonly status: number }>) => {
      await payer.ahead(11 * 60_000);
      const answer = await confirm();
      await payer.ahead(0);
      return answer;
    },
  ];
  for (const refuse of refusals) {
    const { sessionId, confirm } = await agreed();
    assert.equal((await refuse(confirm)).status, 402);
    const declined = await endOf({ sessionId });
    assert.deepEqual([declined.session, declined.payment, declined.ref], ["pending", "failed", null]);
    await expired({ sessionId });
    const end = await endOf({ sessionId });
    assert.deepEqual([end.session, end.payment, end.orders], ["expired", "canceled", ["cancelled unpaid"]]);
    await shop.callOff({ sessionId });
  }
});

test("an account past its day that Toss refuses to close holds neither session nor stock", async () => {
  const { sessionId, confirm } = await agreed("VIRTUAL_ACCOUNT");
  assert.equal((await confirm()).status, 200);
  const askedPastItsDay = async () => {
    // Told again, the account's day is Toss's.
    await pool.query(
      `update payment.deposit d set due_at = now() - interval '1 s' from payment.payment p
       where p.payment_id = d.payment_id and p.session_id = $1`,
      [sessionId],
    );
    await pool.query("update payment.payment set check_at = now() where session_id = $1", [sessionId]);
    await swept("checkout.reconcile_payments");
    const { session, payment, stock } = await endOf({ sessionId });
    return [session, payment, stock];
  };
  const refusal = { kind: "decline", value: "NOT_CANCELABLE_PAYMENT" };
  await sandbox.faults([{ part: "toss", endpoint: "payments.cancel", ...refusal }]);
  const waiting = ["processing", "requires_action", ["active"]];
  assert.deepEqual(await askedPastItsDay(), waiting, "by Toss's clock it can still be paid into");
  await payer.ahead(8 * 86_400_000);
  assert.deepEqual((await askedPastItsDay()).slice(0, 2), ["pending", "failed"]);
  await expired({ sessionId });
  await payer.ahead(0);
  await sandbox.faults([]);
  const { session, payment, stock } = await endOf({ sessionId });
  assert.deepEqual([session, payment, stock], ["expired", "canceled", ["expired"]]);
});
