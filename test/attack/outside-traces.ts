/** What others come to know and write of a person: banks, payment providers, stores, mails that wait. */
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { mintSignInLink } from "../../server/src/rooms/account/index.ts";
import type { Attacked } from "./attacked-system.ts";
import type { Belongings } from "./cast.ts";

/** Words that stand for one person and occur nowhere else. */
export const canaries = {
  name: "Zebedee Quuxley",
  email: "zebedee.canary@canary.test",
  otherEmail: "second.canary@canary.test",
  street: "742 Canarygreen Terrace",
  rear: "Behind Canarywood",
  shed: "Canaryshed 9",
  phone: "+15035557413",
  browser: "CanaryBrowser/7.0",
  method: "pm_canaryCard00001",
  account: "X9990001112223",
  reason: "It arrived smelling of canaries.",
  note: "Mr Quuxley called, he sounds annoyed.",
  scan: "Left with neighbour Canaryson",
  providerName: "ZEBEDEE Q QUUXLEY",
  review: "My canaries cannot read it.",
  customer: "Canarybuyer, as the receipt has it",
  shop: "Canary & daughters",
  draft: "Songs of a canary",
  network: "203.0.113.0/24",
} as const;

type Traced = { readonly owns: Belongings; readonly accountId: string; readonly operatorId: string };

/** Each in its place, under the canaries' words. */
export async function leaveTracesOutside(attacked: Attacked, traced: Traced): Promise<void> {
  await bankAsks(attacked, traced);
  await tossTells(attacked, traced.owns);
  await mailsWait(attacked, traced.owns, traced.accountId);
  await providerTells(attacked, traced.owns);
}

/** Links they have asked for, and one they were sent, while the mail server is away. */
async function mailsWait({ send, pool }: Attacked, { paidSessionId }: Belongings, accountId: string): Promise<void> {
  const ask = (url: string, body: object) => send({ method: "POST", url, body });
  assert.equal((await ask("/api/v1/orders/lookup", { email: canaries.email.toUpperCase() })).status, 202);
  assert.equal((await ask("/api/auth/sign-in/magic-link", { email: canaries.email })).status, 200);
  await mintSignInLink(pool, canaries.email, 900);
  await pool.query("select notify.write_mails_1(array[$1], interval '0')", [paidSessionId]);
  await pool.query(
    "insert into notify.order_link (token_hash, mail_id, account_id, expires_at) select sha256('x'), mail_id, $1, now() from notify.mail limit 1",
    [accountId],
  );
}

/** A bank was told of them; a store's page changed under an order of theirs; what they bought was fetched. */
async function bankAsks({ pool }: Attacked, { owns, accountId, operatorId }: Traced): Promise<void> {
  await pool.query(
    `insert into payment.dispute_answer (answer_id, dispute_id, status, evidence, asked_by, try_at, settled_at)
     values ('dan_traced1', $1, 'submitted', $2, $3, null, now())`,
    [owns.disputeId, { customer_name: canaries.name, shipping_address: canaries.street }, operatorId],
  );
  await pool.query(
    `insert into notify.alert (kind, dedupe_key, order_number, detail) values ('page_changed', 'traced', $1, $2)`,
    [owns.orderNumber, canaries.note],
  );
  const { rowCount } = await pool.query(
    `insert into access.download (order_number, network)
     select h.order_number, $2 from access.holding h where h.account_id = $1 limit 1`,
    [accountId, canaries.network],
  );
  assert.equal(rowCount, 1, "there is a file that was fetched");
}

/** Toss's events name the account's holder. */
async function tossTells({ send, pool }: Attacked, { paidSessionId }: Belongings): Promise<void> {
  await pool.query(
    "insert into payment.toss_order (order_id, session_id, amount_minor) values ('to_traced1', $1, 100)",
    [paidSessionId],
  );
  const account = { accountNumber: canaries.account, customerName: canaries.providerName };
  const body = { eventType: "PAYMENT_STATUS_CHANGED", data: { orderId: "to_traced1", virtualAccount: account } };
  assert.equal((await send({ method: "POST", url: "/api/webhooks/toss", body })).status, 200);
  await pool.query(
    "update webhook.inbox set processed_at = now(), outcome = 'already' where object_ref = 'to_traced1'",
  );
}

/** Stripe's events hold who paid, in full. */
async function providerTells(
  { send, pool, config }: Attacked,
  { paidSessionId, orderNumber }: Belongings,
): Promise<void> {
  const { rows } = await pool.query("select provider_ref, payment_id from payment.payment where session_id = $1", [
    paidSessionId,
  ]);
  const { provider_ref: intent, payment_id: paymentId } = rows[0];
  const object = {
    id: "ch_traced1",
    object: "charge",
    payment_intent: intent,
    billing_details: { name: canaries.providerName, email: canaries.email, address: { line1: canaries.street } },
    metadata: { payment_id: paymentId },
  };
  const event = { id: "evt_traced1", object: "event", type: "charge.succeeded", created: 1, data: { object } };
  const payload = JSON.stringify(event);
  const t = Math.floor(Date.now() / 1000);
  const v1 = createHmac("sha256", config.providers.stripe.webhookSecret).update(`${t}.${payload}`).digest("hex");
  const signed = { "content-type": "application/json", "stripe-signature": `t=${t},v1=${v1}` };
  const taken = await send({ method: "POST", url: "/api/v1/webhooks/stripe", headers: signed, body: payload });
  assert.equal(taken.status, 200, taken.text);
  await pool.query(
    `insert into webhook.inbox (source, event_id, type, store_id, object_ref, payload, work_at, processed_at, outcome)
     select 'store', 'traced:1', 'order.shipped', 'sto_x', $1, $2, now(), now(), 'done'`,
    [orderNumber, { id: "traced:1", type: "order.shipped", data: { orderNumber, recipient: canaries.name } }],
  );
  await pool.query("update webhook.inbox set processed_at = now(), outcome = 'done' where processed_at is null");
}
