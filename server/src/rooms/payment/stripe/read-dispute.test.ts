import assert from "node:assert/strict";
import { test } from "node:test";
import type Stripe from "stripe";
import { presentDispute } from "./read-dispute.ts";

/** As far as it is read. */
const dispute = (status: string): Stripe.Dispute =>
  ({
    id: "du_1",
    payment_intent: "pi_1",
    amount: 1_000,
    currency: "usd",
    reason: "fraudulent",
    status,
    balance_transactions: [{ amount: -1_000 }],
    evidence_details: { due_by: 1_800_000_000 },
    created: 1_700_000_000,
  }) as unknown as Stripe.Dispute;

test("only the two words of an appeal open a dispute again; a word that nobody knows is under review", () => {
  const read = (status: string) => {
    const ours = presentDispute(dispute(status));
    return [ours?.status, ours?.isAppeal];
  };
  assert.deepEqual(read("appeal_needs_response"), ["needs_response", true]);
  assert.deepEqual(read("appeal_under_review"), ["under_review", true]);
  for (const status of ["needs_response", "under_review", "won", "lost"])
    assert.deepEqual(read(status), [status, false]);
  for (const status of ["appeal_adjourned", "anything"]) assert.deepEqual(read(status), ["under_review", false]);
});
