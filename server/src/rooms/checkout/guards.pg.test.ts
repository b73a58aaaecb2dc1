import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { openTestDb } from "../../../test/db.ts";

const { pool } = await openTestDb();

const session = (accountId: string, status: string, paidAt: string | null = null) =>
  pool.query(
    `insert into checkout.session (session_id, account_id, status, currency, cart_hash, snapshot, needs_shipping, item_count, subtotal_minor,
       total_minor, expires_at, paid_at)
     values ($1, $2, $3, 'USD', 'the same cart', '{"groups": []}', false, 1, 100, 100, now(), $4)`,
    [newId("cs"), accountId, status, paidAt],
  );

test("one cart has one session that can still be paid, whatever the code does", async () => {
  const accountId = newId("acc");
  await session(accountId, "processing");
  await assert.rejects(session(accountId, "pending"), { code: "23505" });
  await session(accountId, "processing", "2026-11-21T00:00:00Z");
  await session(accountId, "cancelled");
  await session(newId("acc"), "pending");
});

test("a session's parts sum to its total, whatever the code does (M5)", async () => {
  const accountId = newId("acc");
  await session(accountId, "pending");
  for (const part of ["subtotal_minor", "discount_minor", "shipping_minor", "tax_minor", "total_minor"]) {
    const change = pool.query(`update checkout.session set ${part} = ${part} + 1 where account_id = $1`, [accountId]);
    await assert.rejects(change, { code: "23514" }, part);
  }
});
