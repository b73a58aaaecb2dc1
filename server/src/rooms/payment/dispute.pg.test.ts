import assert from "node:assert/strict";
import { test } from "node:test";
import { must } from "#kernel/assert.ts";
import { silentLog } from "#platform/log/log.ts";
import { openTestDb } from "../../../test/db.ts";
import { buyFile, makeFile } from "../../../test/digital.ts";
import { disputeSweeps, noteDispute, type ProviderDispute } from "./dispute.ts";

const { pool } = await openTestDb();

test("a dispute of whose end no event came is looked at after an hour, and its files open again", async () => {
  const { orderNumber, paymentId, amountMinor } = await buyFile(pool, await makeFile(pool));
  const opened: ProviderDispute = {
    disputeId: "du_silent",
    providerRef: `pi_${paymentId}`,
    amountMinor,
    currency: "USD",
    reason: "fraudulent",
    status: "needs_response",
    withdrawnMinor: amountMinor,
    movementCount: 1,
    evidenceDueAt: new Date("2026-12-01T00:00:00Z"),
    openedAt: new Date("2026-11-21T00:00:00Z"),
    isAppeal: false,
  };
  assert.equal(await noteDispute(pool, "stripe", opened), "noted");
  const isFrozen = async (): Promise<boolean> => {
    const { rows } = await pool.query(
      "select frozen_at is not null as is from access.holding where order_number = $1",
      [orderNumber],
    );
    return rows[0].is;
  };
  let answer: ProviderDispute | null = null;
  const asked: string[] = [];
  const sweep = must(
    disputeSweeps({
      db: pool,
      log: silentLog,
      read: async (disputeId) => {
        asked.push(disputeId);
        return must(answer, "the provider is away");
      },
      find: async () => [],
    }).find(({ name }) => name === "payment.look_at_disputes"),
    "the sweep",
  );
  const round = async () => await sweep.run(new AbortController().signal);
  const hourLater = async () => await pool.query("update payment.dispute set look_at = look_at - interval '1 hour'");

  assert.deepEqual(await round(), { found: 0, mended: 0, failed: 0, hasMore: false });
  await hourLater();
  assert.deepEqual(await round(), { found: 1, mended: 0, failed: 1, hasMore: false });
  assert.deepEqual(await round(), { found: 0, mended: 0, failed: 0, hasMore: false }, "not at once again");
  assert.equal(await isFrozen(), true);

  await hourLater();
  answer = { ...opened, status: "won", withdrawnMinor: 0n, movementCount: 2 };
  assert.deepEqual(await round(), { found: 1, mended: 1, failed: 0, hasMore: false });
  assert.equal(await isFrozen(), false);
  await hourLater();
  assert.deepEqual(await round(), { found: 0, mended: 0, failed: 0, hasMore: false }, "it is over");
  assert.deepEqual(asked, ["du_silent", "du_silent"]);
});
