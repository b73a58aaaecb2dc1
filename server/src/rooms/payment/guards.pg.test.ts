import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { openTestDb } from "../../../test/db.ts";
import {
  absentProvedAfterS,
  attemptTransitions,
  checkAgainMs,
  paymentTransitions,
  refundTransitions,
} from "./rules.ts";

const { pool } = await openTestDb();

async function isAllowed(table: string, idColumn: string, id: string, to: string, also = ""): Promise<boolean> {
  try {
    await pool.query(`update ${table} set status = $2 ${also} where ${idColumn} = $1`, [id, to]);
    return true;
  } catch (error) {
    assert.equal((error as { code?: string }).code, "MU001", String(error));
    return false;
  }
}

async function payment(status: string): Promise<string> {
  const paymentId = newId("pay");
  await pool.query(
    `insert into payment.payment (payment_id, session_id, account_id, provider, status, amount_minor, currency, succeeded_at)
     values ($1, $2, 'a', 'stripe', $3::payment.payment_status, 100, 'USD', case when $3 = 'succeeded'::payment.payment_status then now() end)`,
    [paymentId, newId("cs"), status],
  );
  return paymentId;
}

test("the database holds the same life of a payment as rules.ts, pair by pair", async () => {
  for (const [from, allowed] of Object.entries(paymentTransitions)) {
    for (const to of Object.keys(paymentTransitions)) {
      const also = ", succeeded_at = case when $2 = 'succeeded'::payment.payment_status then now() end";
      const did = await isAllowed("payment.payment", "payment_id", await payment(from), to, also);
      assert.equal(did, from === to || allowed.some((status) => status === to), `${from} → ${to}`);
    }
  }
});

test("the database holds the same life of an attempt as rules.ts, pair by pair", async () => {
  for (const [from, allowed] of Object.entries(attemptTransitions)) {
    for (const to of Object.keys(attemptTransitions)) {
      const attemptId = newId("att");
      await pool.query(
        "insert into payment.attempt (attempt_id, payment_id, number, generation, method_ref, amount_minor, currency, terms, status) values ($1, $2, 1, 1, 'pm', 100, 'USD', '', $3)",
        [attemptId, await payment("started"), from],
      );
      const did = await isAllowed("payment.attempt", "attempt_id", attemptId, to);
      assert.equal(did, from === to || allowed.some((status) => status === to), `${from} → ${to}`);
    }
  }
});

test("the database holds the same life of a refund as rules.ts, pair by pair", async () => {
  for (const [from, allowed] of Object.entries(refundTransitions)) {
    for (const to of Object.keys(refundTransitions)) {
      const refundId = newId("re");
      await pool.query(
        `insert into payment.refund (refund_id, payment_id, cause, amount_minor, currency, reason, status)
         values ($1, $2, $1, 10, 'USD', 'test', $3)`,
        [refundId, await payment("succeeded"), from],
      );
      const did = await isAllowed("payment.refund", "refund_id", refundId, to);
      assert.equal(did, from === to || allowed.some((status) => status === to), `${from} → ${to}`);
    }
  }
});

test("one attempt of a payment is in the air at most, whatever the code does (M1)", async () => {
  const paymentId = await payment("started");
  const insert = (number: number, status: string) =>
    pool.query(
      "insert into payment.attempt (attempt_id, payment_id, number, generation, method_ref, amount_minor, currency, terms, status) values ($1, $2, $3, 1, 'pm', 100, 'USD', '', $4)",
      [newId("att"), paymentId, number, status],
    );
  await insert(1, "unknown");
  await assert.rejects(insert(2, "started"), { code: "23505" });
  await insert(3, "failed");
});

test("no refund passes what was charged, whatever the code does (M2)", async () => {
  const paymentId = await payment("succeeded");
  await assert.rejects(
    pool.query("update payment.payment set refunded_minor = 101 where payment_id = $1", [paymentId]),
    { code: "23514" },
  );
  const open = async (amount: number) => {
    const { rows } = await pool.query(
      "select outcome from payment.refund_open_1($1, $2, null, $1, $3, 'test', null, null)",
      [newId("re"), paymentId, amount],
    );
    return rows[0].outcome;
  };
  const outcomes = await Promise.all([open(60), open(60), open(60)]);
  assert.equal(outcomes.filter((outcome) => outcome === "opened").length, 1);
  assert.equal(await open(40), "opened");
  assert.equal(await open(1), "above_charge");
});

test("the provider is asked soon at first and ever more slowly, ten minutes apart at most", () => {
  const waits = Array.from({ length: 14 }, (_, checks) => checkAgainMs({ checks, ageSeconds: 3_600 }));
  assert.equal(waits[0], 500);
  assert.ok(waits.every((wait, i) => i === 0 || wait >= (waits[i - 1] ?? 0)));
  assert.equal(Math.max(...waits), 600_000);
});

test("the provider is asked as soon as an absence is proof, however slowly by then", () => {
  assert.equal(checkAgainMs({ checks: 9, ageSeconds: 258 }), 43_000);
  assert.equal(checkAgainMs({ checks: 9, ageSeconds: absentProvedAfterS }), 256_000);
  assert.equal(checkAgainMs({ checks: 2, ageSeconds: 258 }), 2_000);
});
