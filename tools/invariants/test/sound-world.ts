/** A database in which everything that can happen to a checkout has happened, and every invariant holds. */
import assert from "node:assert/strict";
import { newId } from "../../../server/src/kernel/ids.ts";
import type { Pool } from "../../../server/src/platform/db/pool.ts";
import { putStore } from "../../../server/src/rooms/store/index.ts";
import { makeCart, makeStore, makeVariant, type MadeVariant } from "../../../server/test/makers.ts";
import { buyFile } from "../../../server/test/digital.ts";
import { endHolding, makeSeller, makeSold } from "../../../server/test/sellers.ts";
import type { Outside, OutsideRecord } from "../outside.ts";
import { makeSoundFiles, type SoundFiles } from "./sound-files.ts";

export type MadeSession = {
  readonly sessionId: string;
  readonly accountId: string;
  readonly paymentId: string;
  readonly intent: string;
  readonly amountMinor: number;
  /** By store or product, as the session's snapshot has them. */
  readonly orders: Readonly<Record<string, string>>;
};

export type World = {
  readonly outside: Outside;
  readonly apiStore: string;
  /** One order placed and partly refunded, one with people; the first one's stock is tracked. */
  readonly mixed: MadeSession;
  readonly tracked: MadeVariant;
  readonly placedOrder: string;
  readonly manualOrder: string;
  readonly refundId: string;
  /** The store refused its only order, which was refunded. */
  readonly refused: MadeSession;
  readonly refusedRefundId: string;
  /** Its answer was lost, and the look-up is still to come. */
  readonly unknown: MadeSession;
  /** Waits for its store, which is tried again in an hour. */
  readonly waiting: MadeSession;
  /** A bank took one of their charges back, and it was lost. */
  readonly disputeId: string;
  /** Sold a file, and was paid out part of what is owed for it. */
  readonly sellerId: string;
  readonly payoutId: string;
  /** Two people's orders of one thing, both placed. */
  readonly twins: readonly [MadeSession, MadeSession];
  /** Paid after it was cancelled, and given back whole. */
  readonly late: MadeSession;
  /** Never paid. */
  readonly open: MadeSession;
  readonly expired: MadeSession;
  /** The shopper's card is being charged. */
  readonly paying: MadeSession;
  readonly files: SoundFiles;
};

/** What a store's credential holds, and must not be found anywhere. */
export const apiSecret = "ho_secret_of_the_test";

export async function makeSoundWorld(pool: Pool): Promise<World> {
  const apiStore = await makeStore(pool, { connector: "rest-oauth" });
  await sealSecret(pool, apiStore);
  const manualStore = await makeStore(pool);
  const tracked = await makeVariant(pool, { storeId: apiStore, priceMinor: 24_800, stock: 50 });
  const untracked = await makeVariant(pool, { storeId: manualStore, priceMinor: 8_900 });

  const refused = await paid(pool, [tracked]);
  await answer(pool, refused, "refused", null);
  const refusedRefundId = await settleRefunds(pool, refused);
  const unknown = await paid(pool, [tracked]);
  await answer(pool, unknown, "unknown", null);
  const mixed = await paid(pool, [tracked, untracked]);
  const placedOrder = orderOf(mixed, apiStore);
  await answer(pool, mixed, "placed", "HO-1001");
  const refundId = await refundLine(pool, placedOrder, 5_000);
  const twins = [await paid(pool, [tracked]), await paid(pool, [tracked])] as const;
  for (const [index, twin] of twins.entries()) {
    await pool.query(
      "update placement.placement set next_attempt_at = now() - interval '1 hour' where session_id = $1",
      [twin.sessionId],
    );
    await answer(pool, twin, "placed", `HO-200${index}`);
  }
  const late = await lateSession(pool, tracked);
  const world = {
    apiStore,
    mixed,
    tracked,
    placedOrder,
    manualOrder: orderOf(mixed, manualStore),
    refundId,
    refused,
    refusedRefundId,
    unknown,
    disputeId: await dispute(pool, twins[0]),
    ...(await paidOut(pool)),
    twins,
    late,
    open: await started(pool, [tracked]),
    expired: await expiredSession(pool, tracked),
    paying: await placing(pool, [tracked]),
    waiting: await paid(pool, [tracked]),
    files: await makeSoundFiles(pool),
  };
  await pool.query("update placement.placement set next_attempt_at = now() + interval '1 hour' where session_id = $1", [
    world.waiting.sessionId,
  ]);
  await receiveEvents(pool, world.mixed);
  await tellByMail(pool, [mixed, refused, late]);
  return { ...world, outside: await outsideOf(pool) };
}

/** Their shoppers gave an address, and have been told of all that happened. */
async function tellByMail(pool: Pool, sessions: readonly MadeSession[]): Promise<void> {
  const sessionIds = sessions.map(({ sessionId }) => sessionId);
  await pool.query("update checkout.session set contact_email = 'ada@shopper.test' where session_id = any($1)", [
    sessionIds,
  ]);
  await pool.query("select notify.write_mails_1($1, interval '0')", [sessionIds]);
  await pool.query("delete from notify.news");
  const { rowCount } = await pool.query(
    `update notify.mail set status = 'sent', attempts = 1, try_at = null, sent_at = now(), message_id = '<' || mail_id || '@muse.test>'`,
  );
  assert.ok(rowCount !== null && rowCount >= 4, "a confirmation, a loss, a late payment and a refund");
}

async function sealSecret(pool: Pool, storeId: string): Promise<void> {
  const { rows } = await pool.query("select name, description, currency from store.store where store_id = $1", [
    storeId,
  ]);
  const put = await putStore(
    pool,
    { id: "0123456789abcdef", key: Buffer.alloc(32, 7) },
    {
      ...rows[0],
      storeId,
      kind: "retailer",
      homepage: null,
      ownerAccountId: null,
      returnPolicy: "",
      priceMarginBp: 300,
      isActive: true,
      tiers: [{ method: "api", connector: "rest-oauth", baseUrl: "http://127.0.0.1:9" }],
      credentials: { api: { clientSecret: apiSecret }, webhookSecret: "whsec_of_the_test" },
    },
  );
  assert.equal(put.kind, "put");
}

/** A session with a quote: delivery of 599 for what is sent, taxed, and tax on the goods. */
async function started(pool: Pool, goods: readonly MadeVariant[]): Promise<MadeSession> {
  const accountId = await makeCart(
    pool,
    goods.map((variant) => ({ variant })),
  );
  const sessionId = newId("cs");
  const { rows } = await pool.query(
    "select outcome, session from checkout.session_start_3($1, $2, interval '30 minutes')",
    [accountId, sessionId],
  );
  assert.equal(rows[0].outcome, "started");
  const { needsShipping, snapshot } = rows[0].session;
  type Group = { readonly key: string; readonly kind: string; readonly items: readonly { readonly lineNo: number }[] };
  const groups = (snapshot.groups as readonly Group[]).map(({ key, kind, items }) => [
    key,
    kind === "physical"
      ? {
          shippingOptionId: "standard",
          shippingMinor: 599,
          taxMinor: 340,
          discountMinor: 0,
          lineTaxMinor: Object.fromEntries(items.map(({ lineNo }) => [lineNo, 300])),
          lineDiscountMinor: {},
        }
      : {
          shippingOptionId: null,
          shippingMinor: 0,
          taxMinor: 0,
          discountMinor: 0,
          lineTaxMinor: {},
          lineDiscountMinor: {},
        },
  ]);
  const parcels = needsShipping === true ? groups.length : 0;
  const { rows: totals } = await pool.query(
    `update checkout.session set quote = $2, shipping_minor = $3, tax_minor = $4, total_minor = subtotal_minor + $3 + $4,
       needs_shipping = false, payment_method_id = 'pm_card_visa'
     where session_id = $1 returning total_minor`,
    [sessionId, JSON.stringify({ groups: Object.fromEntries(groups) }), 599 * parcels, 340 * parcels],
  );
  return {
    sessionId,
    accountId,
    paymentId: newId("pay"),
    intent: newId("pi"),
    amountMinor: Number(totals[0].total_minor),
    orders: {},
  };
}

async function placing(pool: Pool, goods: readonly MadeVariant[]): Promise<MadeSession> {
  const made = await started(pool, goods);
  const { rows } = await pool.query(
    "select outcome from checkout.place_start_1($1, $2, $3, $4, interval '15 seconds')",
    [made.sessionId, made.accountId, made.paymentId, newId("pat")],
  );
  assert.equal(rows[0].outcome, "started");
  return { ...made, orders: await ordersOf(pool, made.sessionId) };
}

async function paid(pool: Pool, goods: readonly MadeVariant[]): Promise<MadeSession> {
  const made = await placing(pool, goods);
  await succeed(pool, made, "paid");
  return made;
}

async function succeed(pool: Pool, { paymentId, intent, amountMinor }: MadeSession, outcome: string): Promise<void> {
  const { rows } = await pool.query("select outcome from checkout.payment_succeeded_1($1, $2, $3, 'USD')", [
    paymentId,
    intent,
    amountMinor,
  ]);
  assert.equal(rows[0].outcome, outcome);
}

async function ordersOf(pool: Pool, sessionId: string): Promise<Record<string, string>> {
  const { rows } = await pool.query("select group_key, order_number from orders.store_order where session_id = $1", [
    sessionId,
  ]);
  return Object.fromEntries(rows.map((row) => [row.group_key, row.order_number]));
}

function orderOf({ orders }: MadeSession, key: string): string {
  const number = orders[key];
  assert.ok(number !== undefined);
  return number;
}

/** The store's answer to the one order of a session that a program places. */
async function answer(pool: Pool, { orders }: MadeSession, status: string, storeNumber: string | null): Promise<void> {
  const { rows } = await pool.query(
    "select attempt_id, order_number from placement.claim_1('test', array['api']::store.placement_method[], 1)",
  );
  assert.equal(rows.length, 1);
  assert.ok(Object.values(orders).includes(rows[0].order_number));
  const ended = await pool.query(
    "select placement.attempt_end_1($1, $2::placement.attempt_status, 'store_refused', null, $3, null, null, interval '20 seconds') as outcome",
    [rows[0].attempt_id, status, storeNumber],
  );
  assert.equal(ended.rows[0].outcome, status);
}

async function refundLine(pool: Pool, orderNumber: string, amountMinor: number): Promise<string> {
  const lines = JSON.stringify([{ lineNo: 1, quantity: 0, amountMinor }]);
  const { rows } = await pool.query(
    "select outcome, refund_id from orders.refund_open_1($1, 'test:partial', $2, 'goodwill', null, $3)",
    [orderNumber, amountMinor, lines],
  );
  assert.equal(rows[0].outcome, "opened");
  await pool.query("select orders.refund_settled_1($1, 'succeeded', $2, null, null)", [
    rows[0].refund_id,
    `re_stripe_${rows[0].refund_id}`,
  ]);
  return rows[0].refund_id;
}

/** The one refund of a payment reaches the card. */
async function settleRefunds(pool: Pool, { paymentId }: MadeSession): Promise<string> {
  const { rows } = await pool.query(
    `select r.refund_id, orders.refund_settled_1(r.refund_id, 'succeeded', 're_stripe_' || r.refund_id, null, null)
     from payment.refund r where r.payment_id = $1 and r.status = 'created'`,
    [paymentId],
  );
  assert.equal(rows.length, 1);
  return rows[0].refund_id;
}

/** Their bank takes the charge back, and then says that it was right to. */
async function dispute(pool: Pool, { intent, amountMinor }: MadeSession): Promise<string> {
  const note =
    "select payment.dispute_note_1($1, 'stripe', $2, $3, 'USD', 'fraudulent', $4, $5, $6, now() + interval '7 days', now()) as outcome";
  for (const [status, taken, movements] of [
    ["needs_response", amountMinor, 1],
    ["lost", amountMinor, 1],
  ]) {
    const { rows } = await pool.query(note, ["du_lost", intent, amountMinor, status, taken, movements]);
    assert.equal(rows[0].outcome, "noted");
  }
  return "du_lost";
}

/** A seller who was paid at the bank. */
async function paidOut(pool: Pool): Promise<Pick<World, "sellerId" | "payoutId">> {
  await endHolding(pool);
  const sellerId = await makeSeller(pool);
  const { productId } = await makeSold(pool, sellerId);
  await buyFile(pool, { productId });
  const payoutId = newId("po");
  const { rows } = await pool.query(
    "select (ledger.payout_prepare_1($1, $2, 'USD', 500, 'acc_ada')).outcome, ledger.payout_paid_1($1, 'TR-4711', 'acc_ada') as paid",
    [payoutId, sellerId],
  );
  assert.deepEqual(rows[0], { outcome: "prepared", paid: "paid" });
  await paidTwice(pool);
  return { sellerId, payoutId };
}

/** A seller whose payout was called off when its transfer had been made, and made again; one such came back. */
async function paidTwice(pool: Pool): Promise<void> {
  const sellerId = await makeSeller(pool);
  const { productId } = await makeSold(pool, sellerId);
  await buyFile(pool, { productId });
  const step = async (sql: string, payoutId: string, ...more: readonly string[]): Promise<string> =>
    (await pool.query<{ told: string }>(`select ${sql} as told`, [payoutId, ...more])).rows[0]?.told ?? "nothing";
  const prepared = "(ledger.payout_prepare_1($1, $2, 'USD', 1000, 'acc_ada')).outcome";
  const paid = "ledger.payout_paid_1($1, 'TR-' || $1, 'acc_ada')";
  for (const isReturned of [false, true]) {
    const [first, second] = [newId("po"), newId("po")];
    assert.equal(await step(prepared, first, sellerId), "prepared");
    assert.equal(await step("ledger.payout_failed_1($1, 'called_off', 'acc_bea')", first), "failed");
    assert.equal(await step(prepared, second, sellerId), "prepared");
    assert.equal(await step(paid, second), "paid");
    assert.equal(await step(paid, first), "paid");
    if (isReturned) return void (await step("ledger.payout_failed_1($1, 'returned', 'acc_bea')", first));
    for (let made = 0; made < 2; made += 1) await buyFile(pool, { productId });
  }
}

async function lateSession(pool: Pool, variant: MadeVariant): Promise<MadeSession> {
  const made = await placing(pool, [variant]);
  await giveBack(pool, made, "cancelled");
  await succeed(pool, made, "refunded_late");
  await settleRefunds(pool, made);
  return made;
}

async function expiredSession(pool: Pool, variant: MadeVariant): Promise<MadeSession> {
  const made = await placing(pool, [variant]);
  await giveBack(pool, made, "expired");
  await pool.query("select checkout.payment_canceled_1($1, 1)", [made.paymentId]);
  return made;
}

/** The card was refused, and the session ended before there was another. */
async function giveBack(pool: Pool, { sessionId, paymentId }: MadeSession, status: string): Promise<void> {
  const { rows } = await pool.query("select attempt_id from payment.attempt where payment_id = $1", [paymentId]);
  await pool.query(
    "select checkout.payment_settled_1($1, 'failed', $2, null, null, 'card_declined', 'generic_decline', null)",
    [rows[0].attempt_id, newId("pi")],
  );
  await pool.query("select checkout.session_end_1($1, $2::checkout.session_status)", [sessionId, status]);
}

async function receiveEvents(pool: Pool, { paymentId, intent }: MadeSession): Promise<void> {
  const receive = "select webhook.receive_1('stripe', $1, 'payment_intent.succeeded', null, $2, $3)";
  const ours = { data: { object: { metadata: { payment_id: paymentId } } } };
  await pool.query(receive, ["evt_paid", intent, JSON.stringify(ours)]);
  await pool.query(receive, ["evt_strange", "pi_of_somebody_else", "{}"]);
}

/** The records that a provider and stores would have made of it. */
async function outsideOf(pool: Pool): Promise<Outside> {
  const at = new Date(Date.now() - 3_600_000).toISOString();
  const records = async (part: string | null, kind: string, query: string): Promise<OutsideRecord[]> => {
    const { rows } = await pool.query(query);
    return rows.map(({ data }, index) => ({ seq: index + 1, at, part: part ?? data.part, kind, data }));
  };
  return {
    charges: await records(
      "stripe",
      "charge",
      `select jsonb_build_object('charge', 'ch_' || p.payment_id, 'paymentIntent', p.provider_ref, 'amount', p.amount_minor,
      'currency', 'usd', 'metadata', jsonb_build_object('payment_id', p.payment_id, 'checkout_session_id', p.session_id)) as data
      from payment.payment p where p.status = 'succeeded'`,
    ),
    refunds: await records(
      "stripe",
      "refund",
      `select jsonb_build_object('refund', r.provider_ref, 'amount', r.amount_minor, 'currency', 'usd',
      'metadata', jsonb_build_object('refund_id', r.refund_id)) as data from payment.refund r where r.status = 'succeeded'`,
    ),
    storeOrders: await records(
      null,
      "order",
      `select jsonb_build_object('part', o.store_id, 'clientKey', o.order_number, 'orderNumber', o.store_order_number,
      'lines', jsonb_build_array()) as data from orders.store_order o where o.placement_method = 'api'`,
    ),
    mails: await records(
      "mail",
      "message",
      "select jsonb_build_object('messageId', m.message_id) as data from notify.mail m where m.status = 'sent'",
    ),
    secrets: [apiSecret, "whsec_of_the_test"],
  };
}
