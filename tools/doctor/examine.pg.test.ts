import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "node:test";
import pg from "pg";
import { newId } from "../../server/src/kernel/ids.ts";
import { openTestDb } from "../../server/test/db.ts";
import { makeCart, makeStore, makeVariant } from "../../server/test/makers.ts";
import { paidOrder } from "../../server/test/paid-orders.ts";
import { causes, type CauseName } from "./causes.ts";
import { examine, sections, type Finding } from "./examine.ts";
import { plainWords } from "./plain-words.ts";
import { printReport, span } from "./print-report.ts";

const { pool, url } = await openTestDb();
const root = resolve(import.meta.dirname, "../..");

/** Without triggers: what our own code would be stopped from doing, a hand or a restored backup can do. */
async function byHand(...statements: string[]): Promise<void> {
  const client = await pool.connect();
  await client.query("begin");
  await client.query("set local session_replication_role = replica");
  for (const statement of statements) await client.query(statement);
  await client.query("commit");
  client.release();
}

/** The finding about one of these; what else other tests have left is theirs. */
async function found(cause: CauseName, subject: string): Promise<Finding> {
  const report = await examine(url);
  assert.deepEqual(report.unread, []);
  const finding = report.findings.find((known) => known.cause === cause && known.subject.includes(subject));
  assert.ok(finding, `${cause} of ${subject} among ${JSON.stringify(report.findings, null, 1)}`);
  assert.ok(printReport(report).includes(finding.subject), "and it is printed");
  return finding;
}

test("a database in which nothing happens is well, by the program itself as well", () => {
  const ran = spawnSync(process.execPath, [resolve(root, "tools/doctor.ts"), "--database-url", url, "--json"]);
  const report = JSON.parse(ran.stdout.toString());
  assert.deepEqual([ran.status, report.findings, report.unread], [0, [], []]);
});

const old = "now() - interval '5 minutes'";
const unpaid = async () => await paidOrder(pool, {}, { isPaid: false });
const paid = async () => await paidOrder(pool);

test("payments: without an answer, for long, unasked, with their owner, and of a session that is over", async () => {
  const older = async (paymentId: string, by: string): Promise<void> => {
    await byHand(`update payment.attempt set created_at = now() - interval '${by}' where payment_id = '${paymentId}'`);
  };
  const asked = await unpaid();
  await older(asked.paymentId, "5 minutes");
  await byHand(`update payment.payment set checks = 7, status = 'unknown',
    check_at = now() + interval '90 seconds' where payment_id = '${asked.paymentId}'`);
  const finding = await found("payment_unanswered", asked.paymentId);
  assert.equal(finding.level, "trying");
  assert.match(finding.why, /asked 7 times/);
  assert.equal(finding.sweep, "checkout.reconcile_payments");
  assert.ok(Date.parse(finding.nextAt ?? "") - Date.now() > 60_000, "it says when");

  const long = await unpaid();
  await older(long.paymentId, "2 hours");
  await byHand(`update payment.payment set status = 'unknown',
    provider_ref = 'pi_long' where payment_id = '${long.paymentId}'`);
  assert.equal((await found("payment_unanswered_long", long.paymentId)).level, "person");

  const unasked = await unpaid();
  await older(unasked.paymentId, "5 minutes");
  await byHand(`update payment.payment set check_at = null where payment_id = '${unasked.paymentId}'`);
  await found("payment_unasked", unasked.paymentId);

  const owner = await unpaid();
  await older(owner.paymentId, "5 minutes");
  await byHand(
    `update payment.payment set status = 'requires_action', provider_ref = 'pi_own' where payment_id = '${owner.paymentId}'`,
    `update checkout.session set status = 'pending' where session_id = '${owner.sessionId}'`,
  );
  assert.equal((await found("payment_waits_for_owner", owner.paymentId)).level, "waiting");

  const deposit = (paymentId: string, more: string): string =>
    `insert into payment.deposit (payment_id, provider_ref, bank_code, account_number, holder_name, due_at, secret, reverted_at)
     values ('${paymentId}', 'toss_key', '20', 'X1', 'A', now() + interval '1 day', 's', ${more})`;
  const transfer = await unpaid();
  await older(transfer.paymentId, "5 minutes");
  await byHand(
    `update payment.payment set status = 'requires_action', provider_ref = 'toss_key' where payment_id = '${transfer.paymentId}'`,
    deposit(transfer.paymentId, "null"),
  );
  assert.equal((await found("payment_waits_for_deposit", transfer.paymentId)).level, "waiting");

  const ended = await unpaid();
  await byHand(
    `update payment.payment set status = 'failed', provider_ref = 'pi_end' where payment_id = '${ended.paymentId}'`,
    `update checkout.session set status = 'expired', finished_at = ${old} where session_id = '${ended.sessionId}'`,
  );
  await found("payment_to_call_off", ended.paymentId);
  await byHand(deposit(ended.paymentId, "now()"));
  assert.equal((await found("deposit_reverted", ended.paymentId)).level, "person");
});

test("refunds: open, on their way, unanswered, and refused", async () => {
  for (const [cause, set] of [
    ["refund_open", `status = 'created', created_at = ${old}, tries = 3`],
    ["refund_pending", `status = 'pending', created_at = ${old}`],
    [
      "refund_unanswered",
      "status = 'unknown', created_at = now() - interval '21 hours', ask_from = now() - interval '21 hours'",
    ],
    ["refund_account_needed", "status = 'account_needed'"],
    ["refund_account_missing", "status = 'account_needed', updated_at = now() - interval '8 days'"],
  ] as const) {
    const { orderNumber } = await paid();
    await pool.query("select orders.order_end_1($1, 'failed', 'sold_out')", [orderNumber]);
    await byHand(`update payment.refund set ${set} where order_number = '${orderNumber}'`);
    await found(cause, orderNumber);
  }
  const refused = async (): Promise<string> => {
    const { orderNumber } = await paid();
    await pool.query("select orders.order_end_1($1, 'failed', 'sold_out')", [orderNumber]);
    await pool.query(
      "select orders.refund_settled_1(refund_id, 'failed', null, 'charge_disputed', null) from payment.refund where order_number = $1",
      [orderNumber],
    );
    return orderNumber;
  };
  assert.match((await found("refund_failed", await refused())).why, /charge_disputed to 30\.99 USD/);
  const orderNumber = await refused();
  await byHand(
    `insert into payment.dispute (dispute_id, payment_id, amount_minor, currency, reason, status, opened_at)
     select 'du_' || r.refund_id, r.payment_id, r.amount_minor, r.currency, 'fraudulent', 'needs_response', now()
     from payment.refund r where r.order_number = '${orderNumber}'`,
  );
  assert.equal((await found("refund_disputed", orderNumber)).level, "waiting");
});

test("sessions: over and not ended, paid without an order, and done without knowing it", async () => {
  const tea = await makeVariant(pool, { storeId: await makeStore(pool), stock: 9 });
  const accountId = await makeCart(pool, [{ variant: tea }]);
  const overdue = newId("cs");
  await pool.query("select checkout.session_start_3($1, $2, interval '30 minutes')", [accountId, overdue]);
  await byHand(`update checkout.session set expires_at = ${old} where session_id = '${overdue}'`);
  await found("session_overdue", overdue);

  const orderless = await paid();
  await byHand(
    `update checkout.session set paid_at = ${old} where session_id = '${orderless.sessionId}'`,
    `update orders.store_order set session_id = 'cs_elsewhere' where order_number = '${orderless.orderNumber}'`,
  );
  assert.equal((await found("paid_without_orders", orderless.sessionId)).level, "person");

  const done = await paid();
  await byHand(
    `update checkout.session set paid_at = ${old} where session_id = '${done.sessionId}'`,
    `update orders.store_order set status = 'placed' where order_number = '${done.orderNumber}'`,
  );
  await found("session_not_ended", done.sessionId);
});

test("orders: in no line, unclaimed, with a dead worker, unknown, to be taken back, and past a person's deadline", async () => {
  const lost = await paid();
  await byHand(
    `update checkout.session set paid_at = ${old} where session_id = '${lost.sessionId}'`,
    `delete from placement.manual_task where order_number = '${lost.orderNumber}'`,
    `delete from placement.placement where order_number = '${lost.orderNumber}'`,
  );
  await found("order_without_placement", lost.orderNumber);

  const waiting = await paidOrder(pool, { connector: "rest-oauth" });
  await byHand(`update placement.placement set next_attempt_at = ${old}, tries = 2, reason = 'store_down'
    where order_number = '${waiting.orderNumber}'`);
  assert.match((await found("placement_unclaimed", waiting.orderNumber)).why, /after 2 tries; the last: store_down/);

  const attempted = async (status: string, columns: string): Promise<string> => {
    const { orderNumber } = await paidOrder(pool, { connector: "rest-oauth" });
    await byHand(`insert into placement.attempt (attempt_id, order_number, fence, method, status, ${columns.split("=")[0] ?? ""})
      values ('${newId("att")}', '${orderNumber}', 1, 'api', '${status}', ${columns.split("=")[1] ?? ""})`);
    return orderNumber;
  };
  await found("attempt_overdue", await attempted("started", `deadline_at = ${old}`));
  const unknown = await found("attempt_unknown", await attempted("unknown", "lookup_at = now() + interval '1 minute'"));
  assert.match(unknown.advice, /order twice/);

  const cancelled = await paid();
  await byHand(`update placement.placement set cancel_at = ${old} where order_number = '${cancelled.orderNumber}'`);
  await found("cancel_overdue", cancelled.orderNumber);

  const desk = await paid();
  await byHand(`update placement.manual_task set deadline_at = ${old} where order_number = '${desk.orderNumber}'`);
  assert.match((await found("task_overdue", desk.orderNumber)).why, /nobody is at it/);
});

test("stores: sick, paused; and a refund that nobody else has looked at", async () => {
  const storeId = await makeStore(pool, { connector: "rest-oauth" });
  await pool.query("select store.tell_1($1, 1, 'unavailable', 'unreachable', 10) from generate_series(1, 20)", [
    storeId,
  ]);
  await pool.query("select store.fold_health_1()");
  const sick = await found("tier_sick", `${storeId}, tier 1 (api)`);
  assert.ok(Date.parse(sick.nextAt ?? "") > Date.now());
  assert.match(sick.why, /unreachable, 1 in a row/);
  const paused = await makeStore(pool, { connector: "rest-oauth" });
  await pool.query("insert into store.tier_gate (store_id, position, state, reason) values ($1, 1, 'paused', 'sale')", [
    paused,
  ]);
  assert.equal((await found("tier_paused", `${paused}, tier 1 (api)`)).level, "waiting");

  const { orderNumber } = await paid();
  await pool.query(
    `insert into ops.refund_approval (approval_id, order_number, wish, amount_minor, currency, reason, cause, asked_by, asked_at)
     values ('apr_doctor1', $1, '{"kind":"rest"}', 1, 'USD', 'late', 'doctor', 'acc_ops', now() - interval '2 hours')`,
    [orderNumber],
  );
  assert.equal((await found("refund_without_second", orderNumber)).level, "person");
});

test("stock: held past its time, for a payment or for nobody", async () => {
  const held = async (status: string): Promise<string> => {
    const order = await paidOrder(pool, { lines: [{ stock: 5 }] }, { isPaid: false });
    await byHand(
      `update inventory.reservation set expires_at = ${old} where session_id = '${order.sessionId}'`,
      `update checkout.session set status = '${status}' where session_id = '${order.sessionId}'`,
    );
    return order.sessionId;
  };
  await found("reservation_of_payment", await held("processing"));
  assert.equal((await found("reservation_leaked", await held("expired"))).level, "person");
});

test("events, jobs and keys that nobody works", async () => {
  const event = async (tries: number, error: string): Promise<string> => {
    const id = newId("evt");
    await byHand(`insert into webhook.inbox (source, event_id, type, payload, received_at, work_at, tries, last_error)
      values ('stripe', '${id}', 'refund.updated', '{}', ${old}, now() + interval '1 minute', ${tries}, '${error}')`);
    return id;
  };
  await found("event_open", await event(1, "what it speaks of is not here yet"));
  assert.match((await found("event_failing", await event(9, "StripeConnectionError"))).why, /provider did not answer/);

  const job = async (set: string): Promise<string> => {
    const key = newId("job");
    await pool.query("select graphile_worker.add_job('order.refund', '{}', job_key => $1)", [key]);
    await byHand(`update graphile_worker._private_jobs set ${set} where key = '${key}'`);
    return key;
  };
  const failing = await job(
    "attempts = 2, last_error = 'connect ECONNREFUSED 127.0.0.1:4100', run_at = now() + interval '1 m'",
  );
  assert.match((await found("job_failing", failing)).why, /nobody listens there/);
  await found("job_given_up", await job("attempts = 25, max_attempts = 25"));
  await found("job_untaken", await job(`run_at = ${old}`));
  await found("job_locked_by_dead", await job(`locked_at = ${old}, locked_by = 'worker-dead', attempts = 1`));

  // A worker that lives holds a lock on its name.
  const living = await job(`locked_at = ${old}, locked_by = 'worker-alive', attempts = 1`);
  const alive = new pg.Client({ connectionString: url });
  await alive.connect();
  await alive.query("select pg_advisory_lock(hashtextextended('muse.job_worker:worker-alive', 0))");
  assert.ok(!(await examine(url)).findings.some(({ subject }) => subject.includes(living)));
  await alive.end();

  await byHand(`insert into platform.idempotency_key (account_id, key, request_hash, status, locked_until, created_at)
    values ('acc_held', 'k', decode(repeat('00', 32), 'hex'), 'running', ${old}, ${old})`);
  const { subject } = await found("key_held", "acc_held");
  assert.doesNotMatch(subject, / k\b/, "a key may hold anything that a client thought of");
});

test("mail that waits, cannot be sent, or was given up, and news that nobody read", async () => {
  const mail = async (status: string, attempts: number, tryAt: string): Promise<string> => {
    const id = newId("mail");
    await byHand(`insert into notify.mail (mail_id, kind, dedupe_key, locale, status, attempts, try_at, error, created_at)
      values ('${id}', 'order_placed', '${id}', 'en', '${status}', ${attempts}, ${tryAt}, 'unreachable', ${old})`);
    return id;
  };
  await found("mail_waiting", await mail("queued", 2, "now() + interval '1 minute'"));
  await found("mail_failing", await mail("unknown", 9, "now()"));
  await found("mail_failed", await mail("failed", 12, "null"));
  await byHand(`insert into notify.news (session_id, look_at) values ('cs_news', ${old})`);
  await found("news_unread", "cs_news");
});

test("every cause was made here, and every sweep it names is one, at that pace", async () => {
  const seen = new Set((await examine(url)).findings.map(({ cause }) => cause));
  assert.deepEqual(
    Object.keys(causes).filter((cause) => !seen.has(cause as CauseName)),
    [],
  );
  const source = globSync("server/src/**/*.ts", { cwd: root })
    .map((path) => readFileSync(resolve(root, path), "utf8"))
    .join("\n");
  for (const { sweep } of Object.values(causes)) {
    if (sweep === null) continue;
    const pace = new RegExp(
      `name: "${sweep.name}",\\s+everyMs: ${sweep.everyMs.toString().replace(/(?=(\d{3})+$)/g, "_?")}\\b`,
    );
    assert.match(source, pace, sweep.name);
  }
});

test("what needs a person comes first, and makes the exit code 1", async () => {
  const ran = spawnSync(process.execPath, [resolve(root, "tools/doctor.ts"), "--database-url", url]);
  const text = ran.stdout.toString();
  assert.equal(ran.status, 1);
  assert.match(text, /no worker is connected/);
  assert.ok(text.indexOf("Needs a person") < text.indexOf("Being tried again"));
  assert.ok(text.indexOf("Being tried again") < text.indexOf("Waiting for its time"));
  assert.ok(text.split("\n").every((line) => line.length < 260));
});

test("it reads by indexes and writes nothing", async () => {
  const client = new pg.Client({ connectionString: url, options: "-c enable_seqscan=off" });
  await client.connect();
  // The queue holds only what is not done yet.
  const mayBeScanned = /Seq Scan on (_private_\w+|pg_\w+)/;
  for (const { name, text } of sections()) {
    const { rows } = await client.query(`explain (costs off) ${text}`, [100]);
    const scans = rows.map((row) => String(row["QUERY PLAN"])).filter((line) => /Seq Scan/.test(line));
    assert.deepEqual(
      scans.filter((line) => !mayBeScanned.test(line)),
      [],
      name,
    );
  }
  await client.end();
});

test("a user without rights is told so, section by section, and that counts as needing somebody", async () => {
  await pool.query("drop role if exists doctor_test");
  await pool.query("create role doctor_test login password 'x'");
  const other = new URL(url);
  other.username = "doctor_test";
  other.password = "x";
  const report = await examine(other.href);
  assert.ok(report.needsPerson && report.unread.some(({ why }) => why.includes("may not read")));
  await pool.query("drop role doctor_test");
});

test("errors are put in words, one line and no longer, and times as people say them", () => {
  assert.equal(plainWords("connect ECONNREFUSED 127.0.0.1:4100\n  at x"), "nobody listens there");
  assert.equal(plainWords("y".repeat(500)).length, 201);
  assert.deepEqual([5_000, 90_000, 3_900_000, 180_000_000].map(span), ["5 s", "1 min", "1 h 5 min", "2 d 2 h"]);
});
