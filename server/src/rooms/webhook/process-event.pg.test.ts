import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { silentLog } from "#platform/log/log.ts";
import { openTestDb } from "../../../test/db.ts";
import { webhookJobs, webhookSweeps, type EventOutcome, type ProcessDeps } from "./process-event.ts";
import { stripeEffects } from "./stripe-effects.ts";
import type { EventTakeRow } from "./webhook.sql.gen.ts";

const { pool } = await openTestDb();

type Worked = { readonly deps: ProcessDeps; readonly worked: string[] };

function working(answer: () => Promise<EventOutcome> = async () => "done"): Worked {
  const worked: string[] = [];
  const effect = async (event: EventTakeRow): Promise<EventOutcome> => {
    worked.push(event.eventId);
    return await answer();
  };
  return { deps: { db: pool, log: silentLog, effects: { stripe: effect, toss: effect, store: effect } }, worked };
}

async function received(source: "stripe" | "store" | "toss"): Promise<string> {
  const eventId = newId("evt");
  await pool.query("select webhook.receive_1($1, $2, 'some.type', null, null, '{}')", [source, eventId]);
  return eventId;
}

const runJob = (deps: ProcessDeps, source: string, eventId: string): Promise<unknown> =>
  Promise.resolve(webhookJobs(deps)[0]?.run({ source, eventId }, new AbortController().signal));
const sweepDue = (deps: ProcessDeps): Promise<unknown> =>
  Promise.resolve(
    webhookSweeps(deps)
      .find(({ name }) => name === "webhook.due_events")
      ?.run(new AbortController().signal),
  );

async function inbox(eventId: string): Promise<{ outcome: string | null; last_error: string | null }> {
  const { rows } = await pool.query("select outcome, last_error from webhook.inbox where event_id = $1", [eventId]);
  return rows[0];
}

test("a job works its event once, whoever told it; one of a provider not connected is kept and means nothing", async () => {
  const { deps, worked } = working();
  for (const source of ["stripe", "toss", "store"] as const) {
    const eventId = await received(source);
    await runJob(deps, source, eventId);
    await runJob(deps, source, eventId);
    assert.deepEqual(worked.splice(0), [eventId]);
    assert.equal((await inbox(eventId)).outcome, "done");
  }
});

test("the sweep works events whose job was lost, when they are due, and one that fails keeps no other waiting", async () => {
  const [bad, good, early] = [await received("stripe"), await received("stripe"), await received("stripe")];
  await pool.query("update webhook.inbox set work_at = now() - interval '1 s' where event_id = any($1)", [[bad, good]]);
  let asked = 0;
  const { deps, worked } = working(async () => {
    asked += 1;
    if (asked === 1) throw new RangeError("the provider is away");
    return "paid";
  });
  await sweepDue(deps);
  assert.deepEqual(worked.toSorted(), [bad, good].toSorted());
  const outcomes = [await inbox(bad), await inbox(good)];
  assert.deepEqual(outcomes.map(({ outcome }) => outcome ?? "open").toSorted(), ["open", "paid"]);
  assert.ok(outcomes.some(({ last_error: error }) => error === "RangeError"));
  await sweepDue(deps);
  assert.equal(worked.length, 2, "what failed waits for its next time");
  assert.equal((await inbox(early)).outcome, null);
});

const stored = (object: object, tries = 1): EventTakeRow => ({
  source: "stripe",
  eventId: "evt_1",
  type: "any",
  storeId: null,
  objectRef: null,
  payload: { data: { object } },
  receivedAt: new Date(),
  tries,
});
const intent = { id: "pi_1", object: "payment_intent", metadata: {} };

test("an intent is read anew; one nobody knows is waited for, then taken for a stranger's", async () => {
  const told: unknown[] = [];
  const answers = ["paid", "unknown_payment", "unknown_payment"];
  const effect = stripeEffects({
    reconcileIntent: async (named) => {
      told.push(named);
      return answers.shift() ?? "none";
    },
    isRefundKnown: async () => assert.fail("no refund is told of"),
    settleRefund: async () => assert.fail("no refund is told of"),
    noteRefund: async () => assert.fail("no refund is told of"),
    noteDispute: async () => assert.fail("no dispute is told of"),
  });
  assert.equal(await effect(stored(intent)), "paid");
  assert.equal(await effect(stored(intent, 12)), null);
  assert.equal(await effect(stored(intent, 13)), "not_ours");
  assert.equal(await effect(stored({ object: "charge" })), "ignored");
  assert.equal(told.length, 3);
});

test("a dispute is read anew; one of a charge nobody knows is waited for, then taken for a stranger's", async () => {
  const asked: string[] = [];
  const answers = ["noted", "known", "unknown_payment", "unknown_payment"];
  const effect = stripeEffects({
    reconcileIntent: async () => assert.fail("no intent is told of"),
    isRefundKnown: async () => assert.fail("no refund is told of"),
    settleRefund: async () => assert.fail("no refund is told of"),
    noteRefund: async () => assert.fail("no refund is told of"),
    noteDispute: async (disputeId) => {
      asked.push(disputeId);
      return answers.shift() ?? "none";
    },
  });
  const dispute = { id: "du_1", object: "dispute" };
  assert.equal(await effect(stored(dispute)), "dispute_noted");
  assert.equal(await effect(stored(dispute)), "dispute_known");
  assert.equal(await effect(stored(dispute, 12)), null);
  assert.equal(await effect(stored(dispute, 13)), "not_ours");
  assert.deepEqual(new Set(asked), new Set(["du_1"]));
});

test("a refund of ours is settled by what the event says of it", async () => {
  const settled: unknown[] = [];
  const effect = stripeEffects({
    reconcileIntent: async () => assert.fail("no intent is told of"),
    isRefundKnown: async (refundId) => refundId === "re_ours",
    settleRefund: async (refundId, { kind }) => void settled.push([refundId, kind]),
    noteRefund: async () => assert.fail("it is in our books"),
    noteDispute: async () => assert.fail("no dispute is told of"),
  });
  const refund = { id: "re_1", object: "refund", status: "succeeded", metadata: { refund_id: "re_ours" } };
  assert.equal(await effect(stored(refund)), "refund");
  assert.deepEqual(settled, [["re_ours", "succeeded"]]);
});

test("a refund that does not say it is ours is read anew; what does not fit yet is waited for", async () => {
  const answers = ["noted", "known", "above_rest", "unknown_payment", "unknown_payment"];
  const effect = stripeEffects({
    reconcileIntent: async () => assert.fail("no intent is told of"),
    isRefundKnown: async () => assert.fail("it says nothing of a refund of ours"),
    settleRefund: async () => assert.fail("it says nothing of a refund of ours"),
    noteRefund: async (refundRef) => (refundRef === "re_1" ? (answers.shift() ?? "none") : "none"),
    noteDispute: async () => assert.fail("no dispute is told of"),
  });
  const refund = { id: "re_1", object: "refund", status: "failed", metadata: {} };
  assert.equal(await effect(stored(refund)), "refund_noted");
  assert.equal(await effect(stored(refund)), "refund_known");
  assert.equal(await effect(stored(refund, 12)), null);
  assert.equal(await effect(stored(refund, 12)), null);
  assert.equal(await effect(stored(refund, 13)), "refund_unknown_payment");
});

test("a refund that names one of ours that is not in our books any more counts as given back past us", async () => {
  const answers = ["noted", "unknown_payment", "unknown_payment", "above_rest"];
  const asked: string[] = [];
  const effect = stripeEffects({
    reconcileIntent: async () => assert.fail("no intent is told of"),
    isRefundKnown: async () => false,
    settleRefund: async () => assert.fail("there is nothing here to settle"),
    noteRefund: async (refundRef) => {
      asked.push(refundRef);
      return answers.shift() ?? "none";
    },
    noteDispute: async () => assert.fail("no dispute is told of"),
  });
  const refund = { id: "re_1", object: "refund", status: "succeeded", metadata: { refund_id: "re_forgotten" } };
  assert.equal(await effect(stored(refund)), "refund_noted");
  assert.equal(await effect(stored(refund, 12)), null, "its payment is learned of in a moment");
  assert.equal(await effect(stored(refund, 13)), "refund_unknown_payment");
  assert.equal(await effect(stored(refund, 12)), null, "as long as another one may be in the air");
  assert.deepEqual(new Set(asked), new Set(["re_1"]));
});
