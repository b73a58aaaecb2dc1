/**
 * What the people of the house are told: from the fact to one mail that has arrived, whatever repeats, races or
 * dies.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Registry } from "prom-client";
import { openTestDb } from "../../../test/db.ts";
import { openMailServer } from "../../../test/mail-server.ts";
import { paidOrder, type PaidOrder } from "../../../test/paid-orders.ts";
import { openTestSandbox } from "../../../test/sandbox.ts";
import { must } from "#kernel/assert.ts";
import { silentLog } from "#platform/log/log.ts";
import { linksOf } from "./links.ts";
import { mailMetrics } from "./metrics.ts";
import { alertList, alertMailsWrite, alertsFindDue, alertWishPut, mailsClaim } from "./notify.sql.gen.ts";
import { sendMails, type SendDeps } from "./send-mails.ts";
import { openTransport } from "./transport.ts";

const { pool, beforeClose } = await openTestDb();
const server = await openMailServer();
const transport = openTransport(async () => server.url);
beforeClose(async () => {
  transport.close();
  await server.close();
});
const deps: SendDeps = {
  db: pool,
  log: silentLog,
  transport,
  links: linksOf("https://shop.example.com"),
  metrics: mailMetrics(new Registry(), pool),
  from: "Muse <orders@muse.test>",
};

let people = 0;
/** Somebody who works here, from a year ago on. */
async function hire(role: "ops" | "admin" | "shopper" = "ops") {
  people += 1;
  const person = { accountId: `acc_person_${people}`, email: `person${people}@muse.test` };
  await pool.query(
    `insert into account."user" (id, name, email, email_verified, role, created_at)
     values ($1, 'Kim', $2, true, $3, now() - interval '1 year')`,
    [person.accountId, person.email, role],
  );
  return person;
}

/** Each test begins with a house in which nobody works and nothing has happened. */
async function emptyHouse(): Promise<void> {
  await pool.query(`update account."user" set role = 'shopper' where role in ('ops', 'admin')`);
  await pool.query("delete from notify.alert");
  await pool.query("delete from notify.mail where kind = 'ops_alerts'");
  server.taken.length = 0;
}

const kindsNow = async () =>
  (await alertList(pool, { kind: null, beforeId: null, limit: 100 })).map(({ kind }) => kind).toReversed();
const write = async (gatherSeconds = 0, everySeconds = 600) =>
  (await alertMailsWrite(pool, { gatherSeconds, everySeconds })).written;
async function send(): Promise<void> {
  await pool.query("update notify.mail set try_at = now() where try_at is not null");
  while ((await sendMails(deps)) > 0);
}
/** As if so much time had passed since the last mail. */
const later = async (minutes: number) =>
  await pool.query(
    "update notify.mail set created_at = created_at - make_interval(mins => $1) where kind = 'ops_alerts'",
    [minutes],
  );

const sick = async (storeId: string, kind = "sick") =>
  await pool.query("select store.health_event_1($1, 1, $2, 'store_error', 18, 24, now() + interval '1 minute')", [
    storeId,
    kind,
  ]);
const findOut = async ({ orderNumber }: PaidOrder) =>
  await pool.query("select placement.to_manual_1($1, 'no_answer', 'complete: no answer', true)", [orderNumber]);
const dispute = async ({ paymentId }: PaidOrder, disputeId: string, dueIn = "7 days") =>
  await pool.query(
    `select payment.dispute_note_1($2, 'stripe', p.provider_ref, 2599, 'USD', 'fraudulent', 'needs_response', 2599, 1, now() + $3::interval,
       now() - interval '3 days')
     from payment.payment p where p.payment_id = $1`,
    [paymentId, disputeId, dueIn],
  );

/** An order whose browser stopped at a page that is not what it was. */
async function pageChanged(detail: string, storeId?: string): Promise<PaidOrder> {
  const order = await paidOrder(pool, { connector: "kite-co", ...(storeId === undefined ? {} : { storeId }) });
  await pool.query(
    `insert into placement.attempt (attempt_id, order_number, fence, method, connector, status) values ($1, $2, 1, 'headless', 'kite-co', 'started')`,
    [`pla_${order.orderNumber}`, order.orderNumber],
  );
  await pool.query(
    "update placement.attempt set status = 'unavailable', reason = 'page_changed', detail = $2, ended_at = now() where order_number = $1",
    [order.orderNumber, detail],
  );
  return order;
}

async function booksDiffer(id: string, differences: number): Promise<void> {
  await pool.query(
    "insert into ledger.reconciliation (reconciliation_id, provider, from_at, to_at) values ($1, 'stripe', now() - interval '1 day', now())",
    [id],
  );
  await pool.query(
    "update ledger.reconciliation set status = 'finished', finished_at = now(), difference_count = $2, record_count = 40 where reconciliation_id = $1",
    [id, differences],
  );
}

test("each fact that needs somebody is an alert, in its own commit and once", async () => {
  await emptyHouse();
  const order = await paidOrder(pool);
  await sick(order.storeId);
  await sick(order.storeId, "recovered");
  await sick(order.storeId, "paused");
  assert.deepEqual(await kindsNow(), ["tier_sick", "tier_well"], "pauses are people's own doing");

  const met = await pageChanged("payment: nothing at getByRole('button', { name: 'Pay' })");
  await pageChanged("payment: nothing at getByRole('button', { name: 'Pay' })", met.storeId);
  const [changed, ...none] = await alertList(pool, { kind: "page_changed", beforeId: null, limit: 10 });
  assert.deepEqual(none, [], "the same page is told once a day");
  assert.equal(changed?.step, "payment");
  assert.equal(changed.detail, "nothing at getByRole('button', { name: 'Pay' })");
  await pageChanged("review: nothing at getByText('Total')", met.storeId);
  assert.equal((await alertList(pool, { kind: "page_changed", beforeId: null, limit: 10 })).length, 2);

  await findOut(order);
  await findOut(order);
  await booksDiffer("rec_agreed1", 0);
  await booksDiffer("rec_differ1", 3);
  await dispute(order, "du_alert1");
  await dispute(order, "du_alert1");
  assert.deepEqual((await kindsNow()).slice(4), ["find_out", "books_differ", "dispute_opened"]);
});

test("what only time brings about: work past half its deadline, and evidence that nobody has sent", async () => {
  await emptyHouse();
  const order = await paidOrder(pool);
  const task = async (opened: string, deadline: string) =>
    await pool.query(
      "update placement.manual_task set opened_at = now() + $2::interval, deadline_at = now() + $3::interval where order_number = $1",
      [order.orderNumber, opened, deadline],
    );
  await pool.query("select placement.to_manual_1($1, 'no_tier', null, false)", [order.orderNumber]);
  // Orders of other tests are left alone.
  await pool.query(
    "update placement.manual_task set deadline_at = now() + interval '9 days' where order_number <> $1",
    [order.orderNumber],
  );
  await task("-110 minutes", "130 minutes");
  assert.equal((await alertsFindDue(pool)).found, 0);
  await task("-121 minutes", "119 minutes");
  assert.equal((await alertsFindDue(pool)).found, 1);
  assert.equal((await alertsFindDue(pool)).found, 0, "once");

  const far = await paidOrder(pool);
  await dispute(far, "du_far", "3 days");
  const near = await paidOrder(pool);
  await dispute(near, "du_near", "40 hours");
  assert.equal((await alertsFindDue(pool)).found, 1);
  const [due] = await alertList(pool, { kind: "evidence_due", beforeId: null, limit: 10 });
  assert.equal(due?.disputeId, "du_near");
});

test("M1, M6: a charge that no button asked for is told: an older total, another amount, a second one", async () => {
  await emptyHouse();
  const outcome = async (paymentId: string, ref: string, amountMinor: bigint) => {
    const { rows } = await pool.query("select r.outcome from checkout.payment_succeeded_1($1, $2, $3, 'USD') r", [
      paymentId,
      ref,
      amountMinor,
    ]);
    return rows[0].outcome;
  };
  const moved = await paidOrder(pool, {}, { isPaid: false });
  const { rows } = await pool.query("select amount_minor from payment.payment where payment_id = $1", [
    moved.paymentId,
  ]);
  await pool.query(
    "update checkout.session set shipping_minor = shipping_minor + 100, total_minor = total_minor + 100 where session_id = $1",
    [moved.sessionId],
  );
  assert.equal(await outcome(moved.paymentId, "pi_older", rows[0].amount_minor), "refunded_late");

  const other = await paidOrder(pool, {}, { isPaid: false });
  assert.equal(await outcome(other.paymentId, "pi_other", 1n), "amount_mismatch");
  assert.equal(await outcome(other.paymentId, "pi_other", 1n), "amount_mismatch");
  const paid = await paidOrder(pool);
  assert.equal(await outcome(paid.paymentId, "pi_second", paid.totalMinor), "surplus");
  const told = await alertList(pool, { kind: "payment_unmatched", beforeId: null, limit: 10 });
  assert.deepEqual(told.map(({ reason, paymentId }) => [reason, paymentId]).toReversed(), [
    ["older_total", moved.paymentId],
    ["amount_mismatch", other.paymentId],
    ["surplus", paid.paymentId],
  ]);

  const late = await paidOrder(pool, {}, { isPaid: false });
  await pool.query("update checkout.session set status = 'pending' where session_id = $1", [late.sessionId]);
  await pool.query("select checkout.session_end_1($1, 'cancelled')", [late.sessionId]);
  assert.equal(await outcome(late.paymentId, "pi_too_late", late.totalMinor), "refunded_late");
  assert.equal((await kindsNow()).length, 3, "one that only came too late is nobody's business");
});

test("one thing is one mail that names it; what comes in the next minutes is collected in one more", async () => {
  await emptyHouse();
  const ada = await hire();
  const order = await paidOrder(pool);
  await dispute(order, "du_mail1");
  assert.equal(await write(10), 0, "what happens together is told together");
  assert.equal(await write(), 1);
  await send();
  const [mail] = server.taken;
  assert.deepEqual(mail?.to, [ada.email]);
  assert.equal(mail.subject, "Muse desk: A payment is disputed");
  assert.match(mail.text, /\$25\.99 · not made by the cardholder/);
  assert.match(mail.text, /https:\/\/shop\.example\.com\/ops\/money\/disputes\/du_mail1/);
  assert.match(mail.text, /because you work at Muse's desk/);
  assert.doesNotMatch(mail.text + mail.html, /ada@shopper\.test|Byron/, "nothing of the shopper is in it");

  for (let round = 0; round < 3; round += 1) {
    await sick(order.storeId);
    await sick(order.storeId, "recovered");
    assert.equal(await write(), 0, "not within ten minutes");
  }
  await later(11);
  assert.equal(await write(), 1);
  await send();
  assert.equal(server.taken.length, 2);
  assert.equal(server.taken[1]?.subject, "Muse desk: 6 things to know");
  await later(11);
  assert.equal(await write(), 0, "each thing once");
});

test("a storm is one mail, with as many as can be read and the count of the rest", async () => {
  await emptyHouse();
  await hire();
  const order = await paidOrder(pool);
  for (let round = 0; round < 45; round += 1) await sick(order.storeId);
  assert.equal(await write(), 1);
  await send();
  assert.equal(server.taken.length, 1);
  assert.match(must(server.taken[0], "a mail").subject, /45 things/);
  assert.match(must(server.taken[0], "a mail").text, /And 25 more, on the page\./);
});

test("who works at the desk is written to unless they said no; an administrator when they said yes, in their language", async () => {
  await emptyHouse();
  const [yes, no, admin, boss] = [await hire(), await hire(), await hire("admin"), await hire("admin")];
  await hire("shopper");
  const order = await paidOrder(pool, { connector: "rest-oauth" });
  await sick(order.storeId);
  await alertWishPut(pool, { accountId: no.accountId, byMail: false, locale: "en" });
  await alertWishPut(pool, { accountId: boss.accountId, byMail: true, locale: "ko" });
  await alertWishPut(pool, { accountId: yes.accountId, byMail: true, locale: "en" });
  await sick(order.storeId, "recovered");
  assert.equal(await write(), 2);
  await send();
  assert.deepEqual(server.taken.flatMap(({ to }) => to).sort(), [boss.email, yes.email].sort());
  const korean = must(
    server.taken.find(({ to }) => to[0] === boss.email),
    "in Korean",
  );
  assert.match(
    korean.subject,
    /^Muse 운영: .*API 주문이 정상으로 돌아왔습니다$/,
    "of what was before the wish nothing is told",
  );
  assert.ok(!server.taken.some(({ to }) => to[0] === admin.email));
  const english = must(
    server.taken.find(({ to }) => to[0] === yes.email),
    "in English",
  );
  assert.match(english.subject, /2 things/, "who was written to unasked misses nothing by choosing a language");

  // Whoever leaves before it is sent is not written to.
  await later(11);
  await sick(order.storeId);
  assert.equal(await write(), 2);
  await pool.query(`update account."user" set role = 'shopper' where id = $1`, [yes.accountId]);
  await send();
  assert.equal(server.taken.length, 3);
});

test("ten workers at once write and send one mail; one that dies in the middle leaves it to be sent again", async () => {
  await emptyHouse();
  await hire();
  const order = await paidOrder(pool, { connector: "rest-oauth" });
  await sick(order.storeId);
  const written = await Promise.all(Array.from({ length: 10 }, async () => await write()));
  assert.equal(
    written.reduce((sum, each) => sum + each, 0),
    1,
  );
  // Claimed by a worker that dies: nothing more is written while it waits, and it goes when its time is up.
  assert.equal((await mailsClaim(pool, { countMax: 10, leaseSeconds: 90, host: "muse.test" })).length, 1);
  await later(20);
  await sick(order.storeId, "recovered");
  assert.equal(await write(), 0);
  await send();
  assert.equal(await write(), 1);
  await send();
  assert.deepEqual(
    server.taken.map(({ subject }) => subject.replace(/: .*: /, ": ")),
    ["Muse desk: ordering by API is sick", "Muse desk: ordering by API is well again"],
  );
  assert.equal(new Set(server.taken.map(({ messageId }) => messageId)).size, 2);
});

test("over SMTP into the sandbox's inbox, as HTML and as text", async () => {
  await emptyHouse();
  const kim = await hire();
  const sandbox = await openTestSandbox();
  const config = (await (await fetch(`${sandbox.url}/mail/config`)).json()) as { smtpUrl: string };
  const toSandbox = openTransport(async () => config.smtpUrl);
  const order = await pageChanged("delivery: nothing at getByLabel('Express')");
  await findOut(order);
  assert.equal(await write(), 1);
  try {
    assert.equal(await sendMails({ ...deps, transport: toSandbox }), 1);
  } finally {
    toSandbox.close();
  }
  const inbox = await (await fetch(`${sandbox.url}/mail/messages?to=${encodeURIComponent(kim.email)}`)).json();
  const { messages } = inbox as { messages: { id: string; subject: string }[] };
  assert.deepEqual(
    messages.map(({ subject }) => subject),
    ["Muse desk: 2 things to know"],
  );
  const whole = await (await fetch(`${sandbox.url}/mail/messages/${messages[0]?.id}`)).json();
  const { text, html } = whole as { text: string; html: string };
  for (const part of [text, html]) {
    assert.match(part, /its page has changed/);
    assert.match(part, /Step: delivery/);
    assert.ok(part.includes(`/ops/queue/${order.orderNumber}`));
  }
});
