import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { must } from "#kernel/assert.ts";
import { openBell } from "#platform/db/bell.ts";
import { openListener } from "#platform/db/listen.ts";
import { silentLog } from "#platform/log/log.ts";
import { openTestDb } from "../../../test/db.ts";
import { inLine, ordersOf, rowLock, type HeldLock } from "../../../test/in-line.ts";
import { makeCart, makeStore, makeVariant, type MadeVariant } from "../../../test/makers.ts";
import { openModelBank, type BankIntent, type HeldCall } from "../../../test/model-bank.ts";
import { sessionsExpire } from "./checkout.sql.gen.ts";
import { placeSession, type Placed } from "./place-session.ts";
import { reconcileIntent, reconcilePayments } from "./reconcile-payments.ts";
import { cancelSession, payWith, readSession, startSession } from "./session-commands.ts";
import { openSessionWatch } from "./session-watch.ts";
import { settlePayment, type ChargedAttempt } from "./settle-payment.ts";

const { pool, url, beforeClose } = await openTestDb({ connectionMax: 24, isPatient: true });
const listener = await openListener({ connectionString: url, applicationName: "ears", onReconnect: () => undefined });
beforeClose(() => listener.close());
const bank = openModelBank();
const deps = {
  db: pool,
  bell: openBell(pool, silentLog),
  provider: bank.provider,
  watch: await openSessionWatch(listener),
  returnUrlBase: "http://127.0.0.1:3000/",
  log: silentLog,
};

type Shopper = { readonly accountId: string; readonly sessionId: string; readonly goods: readonly MadeVariant[] };

async function shopper(card = "pm_good"): Promise<Shopper> {
  const goods = [
    await makeVariant(pool, { storeId: await makeStore(pool), priceMinor: 24_800, stock: 1 }),
    await makeVariant(pool, { storeId: await makeStore(pool), priceMinor: 8_900 }),
  ];
  const accountId = await makeCart(
    pool,
    goods.map((variant) => ({ variant })),
  );
  const started = await startSession(pool, { accountId });
  assert.ok(started.kind === "started");
  const { sessionId } = started.state.session;
  await pool.query("update checkout.session set needs_shipping = false where session_id = $1", [sessionId]);
  await payWith(pool, { sessionId, accountId, paymentMethodId: card, onStoreFailure: null });
  return { accountId, sessionId, goods };
}

const place = (who: Shopper): Promise<Placed> => placeSession(deps, { ...who, claimKey: null });
const sessionRow = ({ sessionId }: Shopper): HeldLock => rowLock("checkout.session", "session_id", sessionId);

/** The provider's next call, once it is held beside those that are held already. */
async function nextCall(beside = 0): Promise<HeldCall> {
  for (let wait = 0; wait < 1_000 && bank.held.length <= beside; wait += 1) await sleep(2);
  return must(bank.held[beside], "the provider is called");
}

function intentOf({ sessionId }: Shopper): BankIntent {
  const [intent, ...more] = bank.intents.filter((known) => known.sessionId === sessionId);
  assert.equal(more.length, 0, "M1: one intent");
  return must(intent, "the session has its intent");
}

async function standing(who: Shopper): Promise<string> {
  const state = must(await readSession(pool, who), "the session is there");
  const { rows } = await pool.query("select on_hand, reserved from inventory.stock where variant_id = $1", [
    who.goods[0]?.variantId,
  ]);
  const orders = state.orders.map(({ status, paymentStatus }) => `${status} ${paymentStatus}`).join(", ");
  const stock = `${rows[0].on_hand} on hand, ${rows[0].reserved} reserved`;
  return `${state.session.status}; ${state.payment.status}; ${orders}; ${stock}`;
}

const paid = "processing; succeeded; pending paid, pending paid; 0 on hand, 0 reserved";

/** Pressed, and the provider has acted: nobody here knows yet. */
async function pressed(who: Shopper): Promise<{ readonly call: HeldCall; readonly placing: Promise<Placed> }> {
  const placing = place(who);
  const call = await nextCall();
  call.act();
  return { call, placing };
}

async function attemptOf(who: Shopper): Promise<ChargedAttempt> {
  const { rows } = await pool.query(
    "select payment_id, attempt_id from payment.attempt join payment.payment using (payment_id) where session_id = $1",
    [who.sessionId],
  );
  return { paymentId: rows[0].payment_id, attemptId: rows[0].attempt_id, checks: 0, ageSeconds: 0 };
}

test("lesson 1: eight presses in line for one session: one charges, and all are told of the same orders (M1, O1)", async () => {
  const who = await shopper();
  const press = () => place(who);
  const told = await inLine(
    pool,
    sessionRow(who),
    Array.from({ length: 8 }, () => press),
    async () => {
      const call = await nextCall();
      await sleep(20);
      assert.equal(bank.held.length, 1, "one of the eight calls the provider");
      call.answer();
    },
  );
  const numbers = told.map((each) =>
    each.kind === "placing" ? each.state.orders.map(({ orderNumber }) => orderNumber).join() : each.kind,
  );
  assert.equal(new Set(numbers).size, 1);
  assert.equal(intentOf(who).amountMinor, 33_700n);
  assert.equal(await standing(who), paid);
});

test("lesson 2: the answer, the webhook and the poller in all six orders: paid once, all find it done (W1)", async () => {
  for (const order of ordersOf(["answer", "webhook", "poller"] as const)) {
    const who = await shopper();
    const { call, placing } = await pressed(who);
    const doors = {
      answer: async () => {
        call.answer();
        return (await placing).kind;
      },
      webhook: async () => {
        const { ref, paymentId } = intentOf(who);
        return await answered(reconcileIntent(deps, { providerRef: ref, paymentId }), call);
      },
      poller: async () => {
        await pool.query("update payment.payment set check_at = now() where session_id = $1", [who.sessionId]);
        return await answered(reconcilePayments(deps), call);
      },
    };
    await inLine<unknown>(
      pool,
      sessionRow(who),
      order.map((door) => doors[door]),
    );
    assert.equal(await standing(who), paid, order.join());
    const { rows } = await pool.query(
      `select (select count(*) from placement.placement where session_id = $1)::int as placements,
         (select count(*) from payment.attempt join payment.payment using (payment_id) where session_id = $1)::int as attempts`,
      [who.sessionId],
    );
    assert.deepEqual(rows, [{ placements: 2, attempts: 1 }], order.join());
  }
});

/** Lets through the provider call that this makes beside the one that is held. */
async function answered<Answer>(work: Promise<Answer>, held: HeldCall): Promise<Answer> {
  (await nextCall(bank.held.includes(held) ? 1 : 0)).answer();
  return await work;
}

test("lessons 2, 3: the webhook is here before our own call is answered: the answer finds it done (C4)", async () => {
  const who = await shopper();
  const { call, placing } = await pressed(who);
  const { ref, paymentId } = intentOf(who);
  assert.equal(await answered(reconcileIntent(deps, { providerRef: ref, paymentId }), call), "paid");
  assert.equal(await standing(who), paid);
  call.answer();
  assert.equal((await placing).kind, "placing");
  assert.equal(await standing(who), paid);
});

test("lesson 19: a refusal and a success of one attempt in both orders: money that moved is never forgotten", async () => {
  for (const order of ordersOf(["success", "refusal"] as const)) {
    const who = await shopper();
    const { call, placing } = await pressed(who);
    const attempt = await attemptOf(who);
    const { ref: providerRef } = intentOf(who);
    const said = {
      success: { kind: "succeeded", providerRef, amountMinor: 33_700n, currency: "USD" },
      refusal: { kind: "declined", providerRef, code: "card_declined", declineCode: null },
    } as const;
    await inLine(
      pool,
      sessionRow(who),
      order.map((which) => () => settlePayment(deps, attempt, said[which])),
    );
    assert.equal(await standing(who), paid, order.join());
    call.answer();
    await placing;
  }
});

test("a press and a cancellation in both orders: the first decides, and nothing is held twice (S2)", async () => {
  const first = await shopper();
  const pressFirst = await inLine<unknown>(
    pool,
    sessionRow(first),
    [() => place(first), () => cancelSession(pool, first)],
    async () => (await nextCall()).answer(),
  );
  assert.deepEqual(pressFirst[1], { kind: "processing" });
  assert.equal(await standing(first), paid);

  const second = await shopper();
  const cancelFirst = await inLine<unknown>(pool, sessionRow(second), [
    () => cancelSession(pool, second),
    () => place(second),
  ]);
  assert.deepEqual(cancelFirst, [{ kind: "cancelled" }, { kind: "cancelled" }]);
  assert.equal(await standing(second), "cancelled; null; ; 1 on hand, 0 reserved");
});

test("a success and the session's end in both orders: paid, or paid late, with the same stock sold once (S1, M2)", async () => {
  for (const isPaidFirst of [true, false]) {
    const who = await shopper("pm_challenge");
    const { call, placing } = await pressed(who);
    call.answer();
    assert.equal((await placing).kind, "action_required");
    const intent = intentOf(who);
    intent.status = "succeeded";
    const succeed = async () =>
      await settlePayment(deps, await attemptOf(who), { ...intent, kind: "succeeded", providerRef: intent.ref });
    const end = async () => (await cancelSession(pool, who)).kind;
    const told = await inLine<string>(pool, sessionRow(who), isPaidFirst ? [succeed, end] : [end, succeed]);
    assert.deepEqual(told, isPaidFirst ? ["paid", "processing"] : ["cancelled", "refunded_late"]);
    assert.equal(
      await standing(who),
      isPaidFirst ? paid : "cancelled; succeeded; cancelled unpaid, cancelled unpaid; 1 on hand, 0 reserved",
    );
  }
});

test("an expiry skips a session that somebody holds: a payment under way decides (S2)", async () => {
  const who = await shopper();
  await pool.query("update checkout.session set expires_at = now() - interval '1 s' where session_id = $1", [
    who.sessionId,
  ]);
  const holder = await pool.connect();
  await holder.query("begin");
  await holder.query(sessionRow(who).text, [...sessionRow(who).values]);
  assert.equal((await sessionsExpire(pool, { countMax: 10 })).expired, 0);
  await holder.query("rollback");
  holder.release();
  assert.equal((await sessionsExpire(pool, { countMax: 10 })).expired, 1);
});

test("lesson 10: eight sessions in line for the last unit: one has it (S1)", async () => {
  const { variantId, ...made } = await makeVariant(pool, { storeId: await makeStore(pool), stock: 1 });
  const buyers = await Promise.all(
    Array.from({ length: 8 }, () => makeCart(pool, [{ variant: { variantId, ...made } }])),
  );
  const told = await inLine(
    pool,
    rowLock("inventory.stock", "variant_id", variantId),
    buyers.map((accountId) => async () => (await startSession(pool, { accountId })).kind),
  );
  assert.deepEqual(told, ["started", ...Array.from({ length: 7 }, () => "out_of_stock")]);
});

test("twenty tabs in line: one session (contract)", async () => {
  const variant = await makeVariant(pool, { storeId: await makeStore(pool), stock: 3 });
  const accountId = await makeCart(pool, [{ variant }]);
  const lock = {
    text: "select pg_advisory_xact_lock(hashtextextended('checkout.session:' || $1, 0))",
    values: [accountId],
  };
  const told = await inLine(
    pool,
    lock,
    Array.from({ length: 12 }, () => () => startSession(pool, { accountId })),
  );
  const ids = told.map((each) => ("state" in each ? each.state.session.sessionId : each.kind));
  assert.equal(new Set(ids).size, 1);
  assert.deepEqual(
    told.map(({ kind }) => kind),
    ["started", ...Array.from({ length: 11 }, () => "existing")],
  );
});

test("lesson 11: another card and a press in both orders: what is charged is what was on the button (M6)", async () => {
  for (const isPressFirst of [true, false]) {
    const who = await shopper();
    const press = async () => (await place(who)).kind;
    const dearer = async () => {
      const { rowCount } = await pool.query(
        `update checkout.session set shipping_minor = 500, total_minor = total_minor + 500, version = version + 1
         where session_id = $1 and status = 'pending'`,
        [who.sessionId],
      );
      return `${rowCount} changed`;
    };
    const told = await inLine<string>(
      pool,
      sessionRow(who),
      isPressFirst ? [press, dearer] : [dearer, press],
      async () => (await nextCall()).answer(),
    );
    assert.deepEqual(told.toSorted(), [isPressFirst ? "0 changed" : "1 changed", "placing"]);
    assert.equal(intentOf(who).amountMinor, isPressFirst ? 33_700n : 34_200n);
  }
});

test("lesson 24: the last two orders of a checkout end at once, in both orders: it is over, once", async () => {
  for (const flip of [false, true]) {
    const who = await shopper();
    const { call, placing } = await pressed(who);
    call.answer();
    const placed = await placing;
    assert.ok(placed.kind === "placing");
    const numbers = placed.state.orders.map(({ orderNumber }) => orderNumber);
    const acts = numbers.map((orderNumber, index) => async () => {
      await pool.query("select orders.order_placed_1($1, 'manual', $2)", [orderNumber, `AT-${orderNumber}-${index}`]);
    });
    await inLine(pool, sessionRow(who), flip ? acts.toReversed() : acts);
    assert.match(await standing(who), /^completed; /);
  }
});

test("lesson 12: the cart is written while the payment clears it, in both orders: what was added stays (O6)", async () => {
  for (const isPaidFirst of [true, false]) {
    const who = await shopper();
    const { call, placing } = await pressed(who);
    const pay = async () => {
      call.answer();
      await placing;
    };
    const add = async () => {
      await pool.query("select cart.item_add_1($1, $2, null, $3, null, null, null, 2, null)", [
        who.accountId,
        `ci_${who.sessionId}`,
        who.goods[1]?.variantId,
      ]);
    };
    await inLine(pool, rowLock("cart.cart", "account_id", who.accountId), isPaidFirst ? [pay, add] : [add, pay]);
    const { rows } = await pool.query("select variant_id, quantity from cart.item where account_id = $1", [
      who.accountId,
    ]);
    assert.deepEqual(rows, [{ variant_id: who.goods[1]?.variantId, quantity: 2 }]);
  }
});
