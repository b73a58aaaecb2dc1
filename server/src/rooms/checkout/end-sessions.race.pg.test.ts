import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { openTestDb } from "../../../test/db.ts";
import { untilWaiting } from "../../../test/in-line.ts";
import { makeCart, makeStore, makeVariant, type MadeVariant } from "../../../test/makers.ts";

const { pool } = await openTestDb({ isPatient: true });

/** Two variants with stock, in the order of their ids: the order in which everybody locks stock. */
async function twoVariants(): Promise<readonly [MadeVariant, MadeVariant]> {
  const storeId = await makeStore(pool);
  const made = [await makeVariant(pool, { storeId, stock: 9 }), await makeVariant(pool, { storeId, stock: 9 })];
  const [low, high] = made.toSorted((one, two) => (one.variantId < two.variantId ? -1 : 1));
  assert.ok(low !== undefined && high !== undefined);
  return [low, high];
}

async function start(accountId: string): Promise<string> {
  const sessionId = newId("cs");
  const { rows } = await pool.query("select outcome from checkout.session_start_2($1, $2, interval '30 minutes')", [
    accountId,
    sessionId,
  ]);
  assert.equal(rows[0].outcome, "started");
  return sessionId;
}

const sessionOf = async (variant: MadeVariant): Promise<string> => await start(await makeCart(pool, [{ variant }]));

/** Runs `ending` to where it gives `sessionId`'s stock back, lets somebody buy both variants, then lets both go on. */
async function whileBuyingBoth(
  ending: () => Promise<unknown>,
  { sessionId, both }: { readonly sessionId: string; readonly both: readonly MadeVariant[] },
): Promise<void> {
  const holder = await pool.connect();
  await holder.query("begin");
  await holder.query("select from inventory.reservation where session_id = $1 for update", [sessionId]);
  const ended = ending();
  await untilWaiting(pool, 1);
  const buyer = await makeCart(
    pool,
    both.map((variant) => ({ variant })),
  );
  const bought = start(buyer);
  await untilWaiting(pool, 2);
  await holder.query("rollback");
  holder.release();
  // Without a second try, which the server would make: that somebody has to wait a second for a deadlock to be seen.
  await Promise.all([ended, bought]);
}

test("sessions that end together give their stock back in the order in which others ask for it", async () => {
  const both = await twoVariants();
  const first = await sessionOf(both[1]);
  await sessionOf(both[0]);
  await pool.query(
    "update checkout.session set expires_at = now() - case session_id when $1 then interval '2 s' else interval '1 s' end",
    [first],
  );
  await whileBuyingBoth(() => pool.query("select checkout.sessions_expire_1(100)"), { sessionId: first, both });
});

test("a newer cart takes the stock of the older one, and its own, in that order", async () => {
  const [low, high] = await twoVariants();
  const accountId = await makeCart(pool, [{ variant: high }]);
  const older = await start(accountId);
  await pool.query("delete from cart.item where account_id = $1", [accountId]);
  await makeCart(pool, [{ variant: low }], accountId);
  await whileBuyingBoth(() => start(accountId), { sessionId: older, both: [low, high] });
});
