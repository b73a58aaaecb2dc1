import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDb } from "../../../test/db.ts";
import { openTestShoppers, type Shopper } from "../../../test/test-shoppers.ts";
import { placeSession } from "./place-session.ts";

const db = await openTestDb();
const { pool } = db;
const { deps, stripe, shopper, changeCard, chooseShipping, place, placeAndDie, ask, age, read, chargedMinor } =
  await openTestShoppers(db);

const pressed = { key: "tab 1, press 1" };
const pressedAnew = { key: "tab 1, press 2" };

async function attemptsOf({ sessionId }: Shopper): Promise<string[]> {
  const { rows } = await pool.query(
    `select a.method_ref || ' ' || a.status as said from payment.attempt a join payment.payment p using (payment_id)
     where p.session_id = $1 order by a.number`,
    [sessionId],
  );
  return rows.map(({ said }) => String(said));
}

test("a press that was refused and is repeated under its key is refused again: the bank is not asked twice", async () => {
  const who = await shopper("pm_card_visa_chargeDeclinedInsufficientFunds");
  const first = await place(who, pressed);
  assert.deepEqual(first, { kind: "declined", code: "card_declined", declineCode: "insufficient_funds" });
  // The bank would let it through by now, and another card is chosen: neither is what was pressed.
  await changeCard(who, "pm_card_visa");
  assert.deepEqual(await place(who, pressed), first);
  assert.deepEqual(await attemptsOf(who), ["pm_card_visa_chargeDeclinedInsufficientFunds failed"]);
  assert.deepEqual(await chargedMinor(who), []);

  assert.equal((await place(who, pressedAnew)).kind, "placing");
  assert.deepEqual(await chargedMinor(who), [33_700], "another press is another try");
  const later = await place(who, pressed);
  assert.equal(later.kind, "placing", "nobody who has paid is told that nothing was charged");
  assert.deepEqual(await chargedMinor(who), [33_700]);
});

test("the process dies before it could say no: the repeat hears the no that the reconciler found", async () => {
  const who = await shopper("pm_card_visa_chargeDeclined");
  await placeAndDie(who, { call: "charge", when: "after" }, pressed);
  await age(who, 20);
  await ask(who);
  assert.equal((await read(who)).session.status, "pending");
  await changeCard(who, "pm_card_visa");
  assert.equal((await place(who, pressed)).kind, "declined");
  assert.deepEqual(await chargedMinor(who), []);
});

test("a repeat shows the challenge of its press again, whatever was chosen since; it calls nothing off", async () => {
  const who = await shopper("pm_card_threeDSecure2Required");
  const first = await place(who, pressed);
  assert.ok(first.kind === "action_required");
  await changeCard(who, "pm_card_visa");
  await chooseShipping(who, [500, 400]);
  assert.deepEqual(await place(who, pressed), first);
  assert.deepEqual(await chargedMinor(who), []);
  const [intentId = ""] = first.clientSecret.split("_secret_");
  assert.equal((await stripe.paymentIntents.retrieve(intentId)).status, "requires_action");
  assert.equal((await place(who, pressedAnew)).kind, "placing");
  assert.deepEqual(await chargedMinor(who), [34_600]);
});

test("a provider that could not be asked is asked again under the same key", async () => {
  const who = await shopper();
  const provider = { ...deps.provider, charge: async () => ({ kind: "not_sent", code: "credentials" }) as const };
  const unheard = await placeSession({ ...deps, provider }, { ...who, ...pressed, claimKey: null });
  assert.equal(unheard.kind, "payment_provider_unavailable");
  assert.equal((await place(who, pressed)).kind, "placing");
  assert.deepEqual(await chargedMinor(who), [33_700]);
});

test("another total than the one on the button is not charged, and nothing is begun (M6)", async () => {
  const who = await shopper();
  await chooseShipping(who, [500, 400]);
  assert.deepEqual(await place(who, { totalMinor: 33_700n }), { kind: "price_changed", totalMinor: 34_600n });
  assert.deepEqual(await attemptsOf(who), []);
  assert.equal((await read(who)).session.status, "pending");
  assert.equal((await place(who, { totalMinor: 34_600n })).kind, "placing");
  assert.deepEqual(await chargedMinor(who), [34_600]);
  assert.equal((await place(who, { totalMinor: 1n })).kind, "placing", "what is paid is paid, whatever is said later");
});

test("a challenge is not called off for a total that the button did not name (M6)", async () => {
  const who = await shopper("pm_card_threeDSecure2Required");
  const first = await place(who, { ...pressed, totalMinor: 33_700n });
  assert.ok(first.kind === "action_required");
  await chooseShipping(who, [500, 400]);
  const stale = await place(who, { ...pressedAnew, totalMinor: 33_700n });
  assert.deepEqual(stale, { kind: "price_changed", totalMinor: 34_600n });
  assert.deepEqual(await place(who, { ...pressed, totalMinor: 33_700n }), first);
  assert.deepEqual(await attemptsOf(who), ["pm_card_threeDSecure2Required requires_action"]);
});
