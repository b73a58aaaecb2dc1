/** What a seller was paid, what is on its way to them, and what did not arrive. */
import { setTimeout as delay } from "node:timers/promises";
import type { Market } from "./cast-market.ts";
import type { Person } from "./person.ts";
import type { Stage } from "./stage.ts";

/** Answers the seller's id. Something is owed to them besides, and waits. */
export async function payOut(stage: Stage, operator: Person, market: Market): Promise<string> {
  const { person } = await market.seller();
  await market.owner();
  await market.soldForWon();
  const { sellerId } = await person.call<{ sellerId: string }>("GET /api/v1/seller");
  const seller = `/api/v1/admin/sellers/${sellerId}`;
  await operator.call(`PUT ${seller}/verification`, {
    verificationLevel: "identity",
    reason: "Passport in a video call.",
  });
  await untilOwed(operator, sellerId);
  const prepare = async (amountCents: number): Promise<string> =>
    (await operator.call<{ payoutId: string }>(`POST ${seller}/payouts`, { currency: "KRW", amountCents })).payoutId;
  // Won alone: another test waits for dollars to be held.
  await stage.database.query("update ledger.payout_rule set hold_days = 0 where currency = 'KRW'");
  const payouts = "/api/v1/admin/payouts";
  await operator.call(`POST ${payouts}/${await prepare(5_000)}/pay`, { reference: `KB-${sellerId.slice(-8)}` });
  await operator.call(`POST ${payouts}/${await prepare(2_000)}/fail`, { failure: "called_off" });
  await prepare(3_000);
  return sellerId;
}

const triesMax = 150;
const restMs = 200;

type Owed = { readonly owed: readonly { readonly sellerId: string; readonly currency: string }[] };

async function untilOwed(operator: Person, sellerId: string): Promise<void> {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const { owed } = await operator.call<Owed>("GET /api/v1/admin/payouts");
    if (owed.some((line) => line.sellerId === sellerId && line.currency === "KRW")) return;
    await delay(restMs);
  }
  throw new Error("nothing is owed for the edition that was sold");
}
