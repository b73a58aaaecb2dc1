import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { openTestDb } from "../../../test/db.ts";
import { buyFile, makeFile } from "../../../test/digital.ts";
import { inLine, rowLock } from "../../../test/in-line.ts";

const { pool } = await openTestDb({ isPatient: true });

async function bought(): Promise<{ readonly orderNumber: string; readonly intent: string }> {
  const { orderNumber, paymentId } = await buyFile(pool, await makeFile(pool));
  return { orderNumber, intent: `pi_${paymentId}` };
}

async function note(dispute: string, intent: string, status: string, movements: number): Promise<void> {
  const { rows } = await pool.query(
    `select payment.dispute_note_1($1, 'stripe', $2, 2500, 'USD', 'fraudulent', $3, $4, $5, now() + interval '7 days', now()) as outcome`,
    [dispute, intent, status, status === "won" || status.startsWith("inquiry") ? 0 : 2_500, movements],
  );
  assert.equal(rows[0].outcome, "noted");
}

async function accessOf(orderNumber: string): Promise<string> {
  const { rows } = await pool.query(
    "select case when revoked_at is not null then revoke_reason when frozen_at is not null then 'frozen' else 'open' end as access from access.holding where order_number = $1",
    [orderNumber],
  );
  return rows[0].access;
}

test("S3: a bank's question closes nothing; what it takes back freezes, won it opens again, lost it is gone", async () => {
  const { orderNumber, intent } = await bought();
  await note("du_a", intent, "inquiry", 0);
  assert.equal(await accessOf(orderNumber), "open");
  await note("du_a", intent, "needs_response", 1);
  assert.equal(await accessOf(orderNumber), "frozen");
  await note("du_a", intent, "under_review", 1);
  assert.equal(await accessOf(orderNumber), "frozen");
  await note("du_a", intent, "won", 2);
  assert.equal(await accessOf(orderNumber), "open");

  await note("du_b", intent, "needs_response", 1);
  await note("du_c", intent, "needs_response", 1);
  await note("du_b", intent, "won", 2);
  assert.equal(await accessOf(orderNumber), "frozen", "another one is open");
  await note("du_c", intent, "lost", 1);
  assert.equal(await accessOf(orderNumber), "dispute_lost");
});

test("a bank takes a visitor's charge back while they turn out to be somebody who has the file: neither waits for the other", async () => {
  const file = await makeFile(pool);
  const person = newId("acc");
  await buyFile(pool, file, person);
  const visitor = await buyFile(pool, file);
  await inLine<unknown>(pool, rowLock("payment.payment", "payment_id", visitor.paymentId), [
    async () => await note("du_line", `pi_${visitor.paymentId}`, "needs_response", 1),
    async () => await pool.query("select access.adopt_1($1, $2)", [visitor.accountId, person]),
  ]);
  assert.equal(await accessOf(visitor.orderNumber), "duplicate");
});
