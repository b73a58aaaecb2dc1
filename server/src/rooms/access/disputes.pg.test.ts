import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { openTestDb } from "../../../test/db.ts";
import { buyFile, buyFiles, makeFile, type BoughtFiles, type MadeFile } from "../../../test/digital.ts";
import { inLine, rowLock, untilWaiting } from "../../../test/in-line.ts";

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
  await note("du_c", intent, "won", 2);
  assert.equal(await accessOf(orderNumber), "open", "a bank may think better of it");
});

test("S3: what one dispute took for good no other one gives back by ending", async () => {
  const { orderNumber, intent } = await bought();
  await note("du_lost", intent, "needs_response", 1);
  await note("du_won", intent, "needs_response", 1);
  await note("du_lost", intent, "lost", 1);
  await note("du_won", intent, "won", 2);
  assert.equal(await accessOf(orderNumber), "dispute_lost");
  await note("du_asks", intent, "inquiry", 0);
  await note("du_asks", intent, "inquiry_closed", 0);
  assert.equal(await accessOf(orderNumber), "dispute_lost");
  await note("du_lost", intent, "won", 2);
  assert.equal(await accessOf(orderNumber), "open");
});

test("a copy of an edition that was lost to a bank comes back with the money, unless somebody has it by now", async () => {
  const file = await makeFile(pool, { editionLimit: 1 });
  const lose = async ({ sessionId }: BoughtFiles): Promise<() => Promise<void>> => {
    const { rows } = await pool.query("select provider_ref from payment.payment where session_id = $1", [sessionId]);
    const dispute = newId("du");
    await note(dispute, rows[0].provider_ref, "lost", 1);
    return () => note(dispute, rows[0].provider_ref, "won", 2);
  };
  const copies = async (): Promise<number> =>
    (await pool.query("select copies from access.edition where product_id = $1", [file.productId])).rows[0].copies;
  const first = await buyFiles(pool, [file]);
  const win = await lose(first);
  assert.equal(await copies(), 0);
  await win();
  assert.deepEqual([await accessOf(first.orderNumbers[0] ?? ""), await copies()], ["open", 1]);

  const winLate = await lose(first);
  const second = await buyFiles(pool, [file]);
  await winLate();
  assert.deepEqual([await accessOf(first.orderNumbers[0] ?? ""), await copies()], ["dispute_lost", 1]);
  assert.equal(await accessOf(second.orderNumbers[0] ?? ""), "open");
});

/** A purchase of both files whose order numbers stand in the order of the files, or against it. */
async function boughtInOrder(files: readonly MadeFile[], isAgainst: boolean): Promise<BoughtFiles> {
  for (;;) {
    const bought = await buyFiles(pool, files);
    const [one = "", two = ""] = bought.orderNumbers;
    if (one > two === isAgainst) return bought;
  }
}

test("two charges of the same two editions are lost at once: neither waits for the other's copy while it holds one", async () => {
  const made = [await makeFile(pool, { editionLimit: 99 }), await makeFile(pool, { editionLimit: 99 })];
  const files = made.toSorted((one, two) => (one.productId < two.productId ? -1 : 1));
  const [along, against] = [await boughtInOrder(files, false), await boughtInOrder(files, true)];
  const lose = async ({ sessionId }: BoughtFiles): Promise<void> => {
    const { rows } = await pool.query("select provider_ref from payment.payment where session_id = $1", [sessionId]);
    await note(newId("du"), rows[0].provider_ref, "lost", 1);
  };
  const holder = await pool.connect();
  await holder.query("begin");
  await holder.query("select from access.holding where order_number = $1 for update", [along.orderNumbers[0]]);
  const first = lose(along);
  await untilWaiting(pool, 1);
  const second = lose(against);
  await untilWaiting(pool, 2);
  await holder.query("rollback");
  holder.release();
  await Promise.all([first, second]);
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
