/** Files in every state in which their buyers can come to have them. */
import assert from "node:assert/strict";
import type { Pool } from "../../../server/src/platform/db/pool.ts";
import { buyFile, makeFile, refundFile, type BoughtFile } from "../../../server/test/digital.ts";

export type SoundFiles = {
  /** Two people's, of one file: both may download it. */
  readonly twins: readonly [BoughtFile, BoughtFile];
  /** Of an edition of two: one copy is held, one came back. */
  readonly editionProduct: string;
  /** Given back whole. */
  readonly refunded: BoughtFile;
  /** A bank has taken its charge back and not decided yet. */
  readonly frozen: BoughtFile;
  /** And has decided against us. */
  readonly lost: BoughtFile;
};

export async function makeSoundFiles(pool: Pool): Promise<SoundFiles> {
  const file = await makeFile(pool);
  const edition = await makeFile(pool, { editionLimit: 2 });
  await buyFile(pool, edition);
  await refundFile(pool, (await buyFile(pool, edition)).orderNumber);
  const refunded = await buyFile(pool, file);
  await refundFile(pool, refunded.orderNumber);
  const frozen = await buyFile(pool, file);
  await dispute(pool, frozen, "du_of_file", ["needs_response"]);
  const lost = await buyFile(pool, file);
  await dispute(pool, lost, "du_of_file_lost", ["needs_response", "lost"]);
  const thawed = await buyFile(pool, file);
  await dispute(pool, thawed, "du_of_file_won", ["needs_response", "won"]);
  return {
    twins: [await buyFile(pool, file), await buyFile(pool, file)],
    editionProduct: edition.productId,
    refunded,
    frozen,
    lost,
  };
}

async function dispute(pool: Pool, of: BoughtFile, id: string, statuses: readonly string[]): Promise<void> {
  for (const [index, status] of statuses.entries()) {
    const isBack = status === "won";
    const { rows } = await pool.query(
      "select payment.dispute_note_1($1, 'stripe', $2, $3, 'USD', 'fraudulent', $4, $5, $6, now() + interval '7 days', now()) as outcome",
      [id, `pi_${of.paymentId}`, of.amountMinor, status, isBack ? 0 : of.amountMinor, isBack ? index + 1 : 1],
    );
    assert.equal(rows[0].outcome, "noted");
  }
}
