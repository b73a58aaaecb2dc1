/** From facts to mail that has arrived at a real mail server, whatever dies or repeats on the way. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Registry } from "prom-client";
import { openTestDb } from "../../../test/db.ts";
import { openMailServer } from "../../../test/mail-server.ts";
import { paidOrder, paidOrders, type PaidOrder } from "../../../test/paid-orders.ts";
import { must } from "#kernel/assert.ts";
import { openLog } from "#platform/log/log.ts";
import { linksOf } from "./links.ts";
import { mailMetrics } from "./metrics.ts";
import { mailsClaim, newsMissed, newsRead } from "./notify.sql.gen.ts";
import { sendMails, type SendDeps } from "./send-mails.ts";
import { openTransport } from "./transport.ts";

const { pool, beforeClose } = await openTestDb();
const server = await openMailServer();
const lines: string[] = [];
const registry = new Registry();
const transport = openTransport(async () => server.url);
beforeClose(async () => {
  transport.close();
  await server.close();
});
const deps: SendDeps = {
  db: pool,
  log: openLog({ level: "debug", program: "test", destination: { write: (line) => void lines.push(line) } }),
  transport,
  links: linksOf("https://shop.example.com"),
  metrics: mailMetrics(registry, pool),
  from: "Muse <orders@muse.test>",
};

type Row = {
  kind: string;
  status: string;
  attempts: number;
  error: string | null;
  message_id: string;
  recipient: string | null;
};
const mailsOf = async (sessionId: string): Promise<Row[]> =>
  (
    await pool.query(
      "select kind, status, attempts, error, message_id, recipient from notify.mail where session_id = $1 order by created_at, kind",
      [sessionId],
    )
  ).rows;
const kindsOf = async (sessionId: string) => (await mailsOf(sessionId)).map(({ kind }) => kind).sort();
const status = async (orderNumber: string, to: string) =>
  await pool.query("update orders.store_order set status = $2::orders.order_status where order_number = $1", [
    orderNumber,
    to,
  ]);

/** Of a store that is ordered from by itself, and has not answered. */
const connector = "rest-oauth";

/** As if the moment for which news waits had come. @param patienceSeconds 0: nothing is waited for any longer */
async function readNews(patienceSeconds = 20): Promise<void> {
  await pool.query("update notify.news set look_at = now()");
  while ((await newsRead(pool, { countMax: 100, patienceSeconds })).taken > 0);
}

async function sendAll(): Promise<void> {
  await pool.query("update notify.mail set try_at = now() where try_at is not null");
  while ((await sendMails(deps)) > 0);
}

const takenOf = (messageId: string) => server.taken.filter((mail) => mail.messageId === messageId);
const refundedAt = async (orderNumber: string) =>
  await pool.query(
    "select orders.refund_settled_1(r.refund_id, 'succeeded', 're_at_' || r.refund_id, null, null) from payment.refund r where r.order_number = $1",
    [orderNumber],
  );
const placed = async (order: PaidOrder) =>
  await pool.query("select orders.order_placed_1($1, 'manual', 'S-' || $1)", [order.orderNumber]);
const confirmed = async (): Promise<PaidOrder> => {
  const order = await paidOrder(pool);
  await placed(order);
  await readNews();
  return order;
};

test("a checkout whose stores have all answered is confirmed in one mail, with what was charged", async () => {
  const orders = await paidOrders(pool, [{ lines: [{ taxMinor: 113 }] }, { shippingMinor: 0, connector }]);
  const [first, second] = [must(orders[0], "first"), must(orders[1], "second")];
  await placed(first);
  await readNews();
  assert.deepEqual(await kindsOf(first.sessionId), [], "the second store has not answered yet");
  await placed(second);
  await readNews();
  await readNews(0);
  assert.deepEqual(await kindsOf(first.sessionId), ["order_placed"], "once, whoever looks");

  await sendAll();
  const [row] = await mailsOf(first.sessionId);
  assert.equal(row?.status, "sent");
  const [mail, ...more] = takenOf(must(row, "a mail").message_id);
  assert.deepEqual(more, []);
  const total = (Number(first.totalMinor + second.totalMinor) / 100).toFixed(2);
  assert.deepEqual(mail?.to, ["ada@shopper.test"]);
  assert.match(must(mail, "taken").text, new RegExp(`Total paid: \\$${total}`));
  assert.ok(mail?.html.includes(second.orderNumber));
  assert.match(must(mail, "taken").raw, /^From: Muse <orders@muse\.test>\r$/m);
  assert.match(must(mail, "taken").messageId, /^<msg_[0-9a-f]{32}@muse\.test>$/);
});

test("whoever waits for a slow store is told after a moment all the same, in their language", async () => {
  const order = await paidOrder(pool, { connector });
  await pool.query("update checkout.session set locale = 'ko' where session_id = $1", [order.sessionId]);
  await readNews();
  assert.deepEqual(await kindsOf(order.sessionId), []);
  const { rows } = await pool.query("select count(*)::int as n from notify.news");
  assert.equal(rows[0].n, 0);
  await pool.query("update checkout.session set paid_at = now() - interval '21 s' where session_id = $1", [
    order.sessionId,
  ]);
  await pool.query("insert into notify.news (session_id) values ($1)", [order.sessionId]);
  await readNews();
  await sendAll();
  const [row] = await mailsOf(order.sessionId);
  const mail = must(takenOf(must(row, "a mail").message_id)[0], "taken");
  assert.match(mail.subject, /주문이 접수되었습니다$/);
  assert.match(mail.text, /스토어에 주문하는 중/);
});

test("for a store that people order from nobody waits", async () => {
  const [quick, byHand] = await paidOrders(pool, [{ connector }, {}]);
  await placed(must(quick, "quick"));
  await readNews();
  assert.deepEqual(await kindsOf(must(byHand, "by hand").sessionId), ["order_placed"]);
  await sendAll();
});

test("a lost order's mail waits for its refund and tells it; the refund has no second mail", async () => {
  const [kept, lost] = await paidOrders(pool, [{ connector }, {}]);
  const [{ sessionId }, { orderNumber }] = [must(kept, "kept"), must(lost, "lost")];
  await pool.query("select orders.order_end_1($1, 'failed', 'out_of_stock')", [orderNumber]);
  await readNews();
  assert.deepEqual(await kindsOf(sessionId), []);
  await refundedAt(orderNumber);
  await readNews();
  assert.deepEqual(await kindsOf(sessionId), ["order_ended"]);
  await sendAll();
  const [row] = await mailsOf(sessionId);
  assert.match(
    must(takenOf(must(row, "a mail").message_id)[0], "taken").text,
    /went back to the card you paid with on/,
  );
});

test("a refund that takes its time is told when it is through, after the loss", async () => {
  const { sessionId, orderNumber } = await paidOrder(pool);
  await pool.query("select orders.order_end_1($1, 'cancelled', 'cancelled_by_shopper')", [orderNumber]);
  await readNews(0);
  assert.deepEqual(await kindsOf(sessionId), ["order_ended"], "lost whole: no confirmation");
  await refundedAt(orderNumber);
  await sendAll();
  const [row] = await mailsOf(sessionId);
  const text = must(takenOf(must(row, "a mail").message_id)[0], "taken").text;
  assert.match(
    text,
    /You cancelled it\. \$30\.99 is on its way back/,
    "what it was written to say, whatever came since",
  );
  await readNews();
  assert.deepEqual(await kindsOf(sessionId), ["order_ended", "refund_done"]);
});

test("each parcel has its mail, and the arrival; a parcel that is heard of after it arrived has none", async () => {
  const order = await confirmed();
  const track = (number: string) =>
    pool.query("select shipment.put_1('shp_' || $1, $2, 'swiftpost', $1, now() + interval '2 days', null, null)", [
      number,
      order.orderNumber,
    ]);
  await track(`A-${order.orderNumber}`);
  await readNews();
  await track(`B-${order.orderNumber}`);
  await readNews();
  assert.deepEqual(await kindsOf(order.sessionId), ["order_placed", "shipped", "shipped"]);
  await status(order.orderNumber, "delivered");
  await readNews();
  assert.deepEqual(
    (await kindsOf(order.sessionId)).filter((kind) => kind === "delivered"),
    ["delivered"],
  );

  const quick = await confirmed();
  await status(quick.orderNumber, "shipped");
  await status(quick.orderNumber, "delivered");
  await readNews();
  assert.deepEqual(await kindsOf(quick.sessionId), ["delivered", "order_placed"]);
});

test("a payment that came too late and goes back whole is told as that", async () => {
  const { sessionId, paymentId } = await paidOrder(pool, {}, { isPaid: false });
  await pool.query("update checkout.session set status = 'pending' where session_id = $1", [sessionId]);
  await pool.query("select checkout.session_end_1($1, 'cancelled')", [sessionId]);
  const { rows } = await pool.query(
    "select r.outcome from payment.payment p, checkout.payment_succeeded_1(p.payment_id, 'pi_late', p.amount_minor, p.currency) r where p.payment_id = $1",
    [paymentId],
  );
  assert.equal(rows[0].outcome, "refunded_late");
  await readNews(0);
  assert.deepEqual(await kindsOf(sessionId), ["late_payment"]);
  await sendAll();
  const [row] = await mailsOf(sessionId);
  assert.match(must(takenOf(must(row, "a mail").message_id)[0], "taken").subject, /too late/);
});

test("a payment that waits for its owner is recalled once, and not when it is finished by then", async () => {
  const waiting = async () => {
    const { sessionId, paymentId } = await paidOrder(pool, {}, { isPaid: false });
    await pool.query("update payment.attempt set status = 'requires_action' where payment_id = $1", [paymentId]);
    await pool.query(
      "update payment.payment set status = 'requires_action', updated_at = now() - interval '4 minutes' where payment_id = $1",
      [paymentId],
    );
    await pool.query("update checkout.session set status = 'pending' where session_id = $1", [sessionId]);
    await readNews();
    assert.deepEqual(await kindsOf(sessionId), ["payment_action"]);
    return { sessionId, paymentId };
  };
  const [slow, quick] = [await waiting(), await waiting()];
  await pool.query("update payment.payment set status = 'failed' where payment_id = $1", [quick.paymentId]);
  await sendAll();
  assert.equal((await mailsOf(slow.sessionId))[0]?.status, "sent");
  const [dropped] = await mailsOf(quick.sessionId);
  assert.deepEqual([dropped?.status, dropped?.error], ["dropped", "over"]);
});

test("whoever gave no address gets no mail, and nothing waits for one", async () => {
  const order = await paidOrder(pool);
  await pool.query("update checkout.session set contact_email = null where session_id = $1", [order.sessionId]);
  await placed(order);
  await readNews(0);
  assert.deepEqual(await mailsOf(order.sessionId), []);
});

test("ten readers and ten senders at once: one mail each", async () => {
  const orders = await Promise.all(Array.from({ length: 6 }, () => paidOrder(pool)));
  await Promise.all(orders.map(placed));
  await pool.query("update notify.news set look_at = now()");
  const look = () => newsRead(pool, { countMax: 3, patienceSeconds: 0 });
  await Promise.all(Array.from({ length: 10 }, look));
  await readNews(0);
  await Promise.all(Array.from({ length: 10 }, () => sendMails(deps)));
  await sendAll();
  for (const { sessionId } of orders) {
    const rows = await mailsOf(sessionId);
    assert.deepEqual(
      rows.map(({ kind, status: at, attempts }) => [kind, at, attempts]),
      [["order_placed", "sent", 1]],
    );
    assert.equal(takenOf(must(rows[0], "a mail").message_id).length, 1);
  }
});

test("killed after the claim, or after the server took it: it goes again under the same Message-ID", async () => {
  const order = await confirmed();
  const [claimed] = await mailsClaim(pool, { countMax: 1, leaseSeconds: 90, host: "muse.test" });
  assert.equal(
    (await sendMails(deps)) + server.taken.filter((mail) => mail.messageId === claimed?.messageId).length,
    0,
  );
  await sendAll();
  const [row] = await mailsOf(order.sessionId);
  assert.deepEqual([row?.status, row?.attempts, row?.message_id], ["sent", 2, claimed?.messageId]);

  const again = await confirmed();
  server.mischief.push("silent");
  await sendMails(deps);
  const [unknown] = await mailsOf(again.sessionId);
  assert.deepEqual([unknown?.status, unknown?.error], ["unknown", "no_answer"]);
  await sendAll();
  const [known] = await mailsOf(again.sessionId);
  assert.equal(known?.status, "sent");
  assert.equal(takenOf(must(known, "a mail").message_id).length, 2, "at least once; the id tells a receiver");
});

test("a busy server is asked again, a stranger's address is not, and ops read why", async () => {
  const [busy, stranger, spam] = [await confirmed(), await confirmed(), await confirmed()];
  server.mischief.push("busy", "stranger", "spam");
  for (let i = 0; i < 3; i += 1) {
    const [next] = await mailsClaim(pool, { countMax: 0, leaseSeconds: 1, host: "muse.test" });
    assert.equal(next, undefined);
  }
  const rows = async () =>
    (await Promise.all([busy, stranger, spam].map(({ sessionId }) => mailsOf(sessionId)))).flat();
  await sendMails(deps);
  assert.deepEqual((await rows()).map(({ status: at }) => at).sort(), ["failed", "failed", "queued"]);
  assert.deepEqual((await rows()).map(({ error }) => String(error)).sort(), [
    "message_refused",
    "recipient_refused",
    "reply_451",
  ]);
  await sendAll();
  assert.deepEqual((await rows()).map(({ status: at }) => at).sort(), ["failed", "failed", "sent"]);
});

test("while the mail server is away mail waits, and after a day it is given up", async () => {
  const away = openTransport(async () => "smtp://127.0.0.1:1");
  const [first, second] = [await confirmed(), await confirmed()];
  assert.equal(await sendMails({ ...deps, transport: away }), 2);
  away.close();
  for (const { sessionId } of [first, second]) {
    const [row] = await mailsOf(sessionId);
    assert.deepEqual([row?.status, row?.error], ["queued", "unreachable"]);
  }
  assert.equal(await sendMails(deps), 0, "not before its time");
  await pool.query("update notify.mail set give_up_at = now() where session_id = $1", [first.sessionId]);
  await sendAll();
  assert.deepEqual(
    [(await mailsOf(first.sessionId))[0]?.error, (await mailsOf(second.sessionId))[0]?.status],
    ["gave_up", "sent"],
  );
  assert.match(await registry.metrics(), /mail_attempts_total\{kind="order_placed",outcome="queued"\} [1-9]/);
  assert.match(await registry.metrics(), /mail_failed_today [1-9]/);
});

test("what a hand has lost is found again", async () => {
  const order = await confirmed();
  await pool.query("delete from notify.mail where session_id = $1", [order.sessionId]);
  await pool.query("update checkout.session set updated_at = now() - interval '1 h' where session_id = $1", [
    order.sessionId,
  ]);
  await pool.query("update orders.order_status_history set at = now() - interval '1 h' where order_number = $1", [
    order.orderNumber,
  ]);
  assert.equal((await newsMissed(pool, { historyMax: 5_000n, settledSeconds: 120 })).found, 1);
  assert.equal((await newsMissed(pool, { historyMax: 5_000n, settledSeconds: 120 })).found, 0, "it is rung for once");
  await readNews();
  assert.deepEqual(await kindsOf(order.sessionId), ["order_placed"]);
  await sendAll();
});

test("a fact that is undone was never told, and a mail that ended stays ended", async () => {
  const order = await paidOrder(pool, { connector });
  const client = await pool.connect();
  await client.query("begin");
  await client.query("select orders.order_placed_1($1, 'manual', 'S-1')", [order.orderNumber]);
  await readNews();
  await client.query("rollback");
  client.release();
  assert.deepEqual(await mailsOf(order.sessionId), []);
  await assert.rejects(
    pool.query("update notify.mail set status = 'queued', try_at = now(), sent_at = null where status = 'sent'"),
    (error: { code?: string }) => error.code === "MU001",
  );
});

test("P1: no address, name or link is in the log", () => {
  const text = lines.join("");
  assert.ok(lines.length > 10);
  for (const word of ["ada@", "shopper.test", "Byron", "Harbor Street", "https:", "<msg_"])
    assert.ok(!text.includes(word), word);
});

test("a refund that waits for an account is asked about once, once more after days, and again after a refusal", async () => {
  const orders = await paidOrders(pool, [{}, {}]);
  const [first, second] = [must(orders[0], "first"), must(orders[1], "second")];
  const { sessionId, paymentId } = first;
  await pool.query(
    `insert into payment.deposit (payment_id, provider_ref, bank_code, account_number, holder_name, due_at, secret)
     select p.payment_id, p.provider_ref, '20', 'X1', 'A', now(), 's' from payment.payment p where p.payment_id = $1`,
    [paymentId],
  );
  for (const { orderNumber } of [first, second])
    await pool.query("select orders.order_end_1($1, 'failed', 'out_of_stock')", [orderNumber]);
  const count = async (): Promise<number> => {
    await readNews();
    return (await kindsOf(sessionId)).filter((kind) => kind === "refund_account").length;
  };
  assert.equal(await count(), 1, "both wait, and one mail asks");
  assert.equal(await count(), 1);
  const ofPayment = "from payment.refund r where r.payment_id = $1 order by r.created_at, r.refund_id limit 1";
  const lookAgain = () => pool.query("insert into notify.news (session_id) values ($1)", [sessionId]);
  await pool.query("update payment.refund set updated_at = now() - interval '4 days' where payment_id = $1", [
    paymentId,
  ]);
  await lookAgain();
  assert.equal(await count(), 2, "once more");
  const { rows } = await pool.query(`select r.refund_id ${ofPayment}`, [paymentId]);
  const give = "select payment.refund_account_give_1($1, '88', '789', '\\x00', '\\x00', 'k', 'acc') as given";
  assert.equal((await pool.query(give, [rows[0].refund_id])).rows[0].given, true);
  await pool.query("select payment.refund_account_refused_1($1, 1, 'invalid_bank')", [rows[0].refund_id]);
  assert.equal(await count(), 3, "the bank would not have it");
  await sendAll();
  const sent = (await mailsOf(sessionId)).filter(({ kind }) => kind === "refund_account");
  assert.deepEqual([...new Set(sent.map((mail) => mail.status))], ["sent"]);
  const [taken] = takenOf(must(sent[2], "the third").message_id);
  assert.match(must(taken, "it arrived").text, /ending in 789/);
});
