import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { InvariantError, must } from "#kernel/assert.ts";
import { newId } from "#kernel/ids.ts";
import { openBell } from "#platform/db/bell.ts";
import { openListener } from "#platform/db/listen.ts";
import { silentLog, type Log } from "#platform/log/log.ts";
import { refundJobs } from "#rooms/order";
import { runChecks } from "../../../../tools/invariants/check-invariants.ts";
import { openTestDb } from "../../../test/db.ts";
import { makeCart, makeStore, makeVariant, type MadeVariant } from "../../../test/makers.ts";
import { cards, openModelBank, type BankIntent } from "../../../test/model-bank.ts";
import { playModel, type World } from "../../../test/model-run.ts";
import { sessionsExpire } from "./checkout.sql.gen.ts";
import { placeSession, type PlaceInput } from "./place-session.ts";
import { cancelPayment, reconcileIntent, reconcilePayments } from "./reconcile-payments.ts";
import { cancelSession, payWith, startSession } from "./session-commands.ts";
import { openSessionWatch } from "./session-watch.ts";
import { setShipping } from "./set-shipping.ts";

const { pool, url, beforeClose } = await openTestDb({ connectionMax: 16 });
const listener = await openListener({
  connectionString: url,
  applicationName: "test ears",
  onReconnect: () => undefined,
});
beforeClose(() => listener.close());
const watch = await openSessionWatch(listener);
/** One bank for the whole file: the invariants are held against all that it ever did. */
const bank = openModelBank();
const broken: unknown[] = [];
const log: Log = { ...silentLog, error: (_event, _fields, error) => void broken.push(error) };
const deps = {
  db: pool,
  bell: openBell(pool, silentLog),
  provider: bank.provider,
  watch,
  returnUrlBase: "http://127.0.0.1:3000/",
  log,
};
const storeIds = [await makeStore(pool), await makeStore(pool)];

/** What a shopper does to a session, on the tab of the newest or of the one before it, and what time does to it. */
type SessionStep =
  | { readonly do: "cancel" | "expire" | "callOff" | "reconcile"; readonly tab: number }
  /** Pressed under a key or none; a page that was not looked at again names the total it was made with. */
  | { readonly do: "place"; readonly tab: number; readonly key: number; readonly isStale: boolean }
  | { readonly do: "ship"; readonly tab: number; readonly option: "standard" | "express" }
  | { readonly do: "payWith"; readonly tab: number; readonly card: (typeof cards)[number] };

type Step =
  | SessionStep
  | { readonly do: "start" }
  | { readonly do: "fill"; readonly good: number }
  /** What the provider does with a call it holds. */
  | { readonly do: "act" | "answer" | "lose"; readonly call: number }
  /** What happens at the provider, and what is heard of it. */
  | { readonly do: "confirm" | "decline" | "webhook"; readonly intent: number }
  | { readonly do: "age"; readonly seconds: number }
  | { readonly do: "stock"; readonly isGone: boolean };

const tab = fc.nat({ max: 1 });
const few = fc.nat({ max: 2 });
const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("place"), tab, key: fc.nat({ max: 2 }), isStale: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("start") }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("fill"), good: fc.nat({ max: 1 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("cancel", "expire", "callOff"), tab }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("ship"), tab, option: fc.constantFrom("standard", "express") }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("payWith"), tab, card: fc.constantFrom(...cards) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom("act", "answer", "answer", "lose"), call: few }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("confirm", "decline", "webhook"), intent: few }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("reconcile"), tab }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("age"), seconds: fc.constantFrom(20, 200, 400) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("stock"), isGone: fc.boolean() }) },
);

type Shopper = {
  readonly accountId: string;
  readonly goods: readonly MadeVariant[];
  readonly sessions: string[];
  /** What is on its way in some process of ours. */
  readonly running: Set<Promise<unknown>>;
  /** Totals that were on the button when it was pressed (M6). */
  readonly pressed: Map<string, Set<bigint>>;
  /** The total that the page of a session shows, and what was sent along under each of its keys. */
  readonly shown: Map<string, bigint>;
};

async function begin(): Promise<World<Step>> {
  const goods = [
    await makeVariant(pool, { storeId: must(storeIds[0], "a store"), priceMinor: 24_800, stock: 2 }),
    await makeVariant(pool, { storeId: must(storeIds[1], "a store"), priceMinor: 8_900 }),
  ];
  const accountId = await makeCart(
    pool,
    goods.map((variant) => ({ variant })),
  );
  const shopper: Shopper = { accountId, goods, sessions: [], running: new Set(), pressed: new Map(), shown: new Map() };
  // So that most sequences get as far as the provider.
  await play(shopper, { do: "start" });
  await play(shopper, { do: "ship", tab: 0, option: "standard" });
  await play(shopper, { do: "payWith", tab: 0, card: "pm_good" });
  return {
    play: async (step) => {
      await play(shopper, step);
      await quiet();
      isSound(shopper);
    },
    end: async () => await settle(shopper),
  };
}

async function play(shopper: Shopper, step: Step): Promise<void> {
  if ("tab" in step) {
    const sessionId = shopper.sessions.at(-1 - step.tab);
    if (sessionId !== undefined) await onSession(shopper, sessionId, step);
  } else if ("call" in step) bank.held[step.call % Math.max(1, bank.held.length)]?.[step.do]();
  else if ("intent" in step) atProvider(shopper, step);
  else if (step.do === "start") await openTab(shopper);
  else if (step.do === "age") await age(shopper, step.seconds);
  else await onShelf(shopper, step);
}

async function openTab({ accountId, sessions }: Shopper): Promise<void> {
  const started = await startSession(pool, { accountId });
  if ("state" in started && !sessions.includes(started.state.session.sessionId)) {
    sessions.push(started.state.session.sessionId);
  }
}

/** The cart grows while something is being paid; somebody else takes what nobody has reserved. */
async function onShelf({ accountId, goods }: Shopper, step: Extract<Step, { do: "fill" | "stock" }>): Promise<void> {
  if (step.do === "fill") {
    await pool.query(
      `insert into cart.item (item_id, account_id, variant_id, quantity, seen_price_minor) values ($1, $2, $3, 1, 0)
       on conflict (account_id, variant_id) do update set quantity = least(3, cart.item.quantity + 1)`,
      [newId("ci"), accountId, goods[step.good]?.variantId],
    );
    return;
  }
  await pool.query("update inventory.stock set on_hand = reserved + $2 where variant_id = $1", [
    goods[0]?.variantId,
    step.isGone ? 0 : 2,
  ]);
}

const address = {
  name: "Ada Byron",
  address1: "12 Harbor Street",
  city: "Portland",
  state: "OR",
  zip: "97201",
  country: "US",
};

async function onSession(shopper: Shopper, sessionId: string, step: SessionStep): Promise<void> {
  const who = { sessionId, accountId: shopper.accountId };
  switch (step.do) {
    case "ship": {
      const choices = storeIds.map((storeId) => ({ storeId, optionId: step.option }));
      await setShipping(pool, { ...who, address, choices });
      return;
    }
    case "payWith":
      await payWith(pool, { ...who, paymentMethodId: step.card, onStoreFailure: null });
      return;
    case "cancel":
      await cancelSession(pool, who);
      return;
    case "expire":
      await pool.query(`update checkout.session set expires_at = now() - interval '1 s' where session_id = $1`, [
        sessionId,
      ]);
      await sessionsExpire(pool, { countMax: 10 });
      return;
    case "place":
      return start(
        shopper,
        placeSession(deps, { ...who, ...(await pressOf(shopper, sessionId, step)), claimKey: null }),
      );
    case "callOff":
      return await callOff(shopper, sessionId);
    case "reconcile":
      await makeDue(shopper);
      return start(shopper, reconcilePayments(deps));
  }
}

/** Key 0 is none, and names no total. The same key is sent with the same body. */
async function pressOf(
  { pressed, shown }: Shopper,
  sessionId: string,
  { key, isStale }: Extract<SessionStep, { do: "place" }>,
): Promise<Pick<PlaceInput, "key" | "totalMinor">> {
  const name = `${sessionId} ${key}`;
  const known = key === 0 ? undefined : (shown.get(name) ?? (isStale ? shown.get(sessionId) : undefined));
  const totalMinor = known ?? (await totalOf(sessionId));
  shown.set(sessionId, totalMinor);
  pressed.set(sessionId, new Set([...(pressed.get(sessionId) ?? []), totalMinor]));
  if (key === 0) return {};
  shown.set(name, totalMinor);
  return { key: name, totalMinor };
}

async function totalOf(sessionId: string): Promise<bigint> {
  const { rows } = await pool.query("select total_minor from checkout.session where session_id = $1", [sessionId]);
  return rows[0].total_minor;
}

/** As the job does: only of sessions that have ended. */
async function callOff(shopper: Shopper, sessionId: string): Promise<void> {
  const { rows } = await pool.query("select status from checkout.session where session_id = $1", [sessionId]);
  if (rows[0].status === "expired" || rows[0].status === "cancelled") start(shopper, cancelPayment(deps, sessionId));
}

function atProvider(shopper: Shopper, step: Extract<Step, { intent: number }>): void {
  const own = intentsOf(shopper);
  const intent = own[step.intent % Math.max(1, own.length)];
  if (intent === undefined) return;
  if (step.do === "webhook") {
    start(shopper, reconcileIntent(deps, { providerRef: intent.ref, paymentId: intent.paymentId }));
  } else if (intent.status === "requires_action" || intent.status === "processing" || intent.status === "declined") {
    // A declined one can be confirmed again in the provider's own form.
    intent.status = step.do === "confirm" ? "succeeded" : "declined";
  }
}

function intentsOf({ sessions }: Shopper): readonly BankIntent[] {
  return bank.intents.filter(({ sessionId }) => sessions.includes(sessionId));
}

function start({ running }: Shopper, work: Promise<unknown>): void {
  const tracked = work
    .catch((error: unknown) => {
      // "The provider does not answer yet" is what a job is tried again for; a bug is not.
      if (error instanceof InvariantError || !(error instanceof Error) || "code" in error) broken.push(error);
    })
    .finally(() => running.delete(tracked));
  running.add(tracked);
}

async function makeDue({ sessions }: Shopper): Promise<void> {
  await pool.query("update payment.payment set check_at = now() where session_id = any($1) and check_at is not null", [
    sessions,
  ]);
}

async function age({ sessions }: Shopper, seconds: number): Promise<void> {
  await pool.query(
    `update payment.attempt a set created_at = a.created_at - make_interval(secs => $2) from payment.payment p
     where p.payment_id = a.payment_id and p.session_id = any($1)`,
    [sessions, seconds],
  );
}

/** Until nobody of ours is at work: all wait for the provider, or for news. */
async function quiet(): Promise<void> {
  for (let idle = 0; idle < 2;) {
    await sleep(1);
    idle = pool.idleCount === pool.totalCount && pool.waitingCount === 0 ? idle + 1 : 0;
  }
}

/** What must be true at every moment, whatever is still on its way. */
function isSound(shopper: Shopper): void {
  assert.deepEqual(broken, [], "no invariant was broken");
  for (const sessionId of shopper.sessions) {
    const paid = intentsOf(shopper).filter((intent) => intent.sessionId === sessionId && intent.status === "succeeded");
    assert.ok(paid.length <= 1, `M1: ${paid.length} charges of one session`);
    for (const { amountMinor } of paid) {
      assert.ok(shopper.pressed.get(sessionId)?.has(amountMinor), `M6: ${amountMinor} was never on the button`);
    }
  }
}

/** Everything is answered, every job is run; then every invariant is asked, with nothing spared as too fresh. */
async function settle(shopper: Shopper): Promise<void> {
  await pool.query(
    "update checkout.session set expires_at = now() - interval '1 s' where session_id = any($1) and status = 'pending'",
    [shopper.sessions],
  );
  for (let round = 0; round < 8; round += 1) {
    for (const intent of intentsOf(shopper)) if (intent.status === "processing") intent.status = "declined";
    await age(shopper, 400);
    await makeDue(shopper);
    start(shopper, reconcilePayments(deps));
    await answerAll();
    await sessionsExpire(pool, { countMax: 10 });
    for (const sessionId of shopper.sessions) await callOff(shopper, sessionId);
    await answerAll();
  }
  await Promise.all(shopper.running);
  await refundAll();
  isSound(shopper);
  const { rows: twice } = await pool.query(
    `select a.payment_id, count(*) from payment.attempt a
     where a.press is not null and coalesce(a.failure_code, '') not in ('provider_error', 'credentials') group by a.payment_id, a.press having count(*) > 1`,
  );
  assert.deepEqual(twice, [], "one press is one try");
  const client = await pool.connect();
  try {
    const { results } = await runChecks(client, bank.outside(), 0);
    // Nobody writes letters here: that they go out is held where somebody does.
    const found = results.filter(
      ({ name, outcome }) => (outcome === "broken" || outcome === "failed") && !name.startsWith("w2Mail"),
    );
    assert.deepEqual(
      found.map(({ name, breaches, note }) => ({ name, breaches, note })),
      [],
    );
  } finally {
    client.release();
  }
}

async function answerAll(): Promise<void> {
  await quiet();
  while (bank.held.length > 0) {
    bank.held[0]?.answer();
    await quiet();
  }
}

async function refundAll(): Promise<void> {
  const [job] = refundJobs({
    db: pool,
    log,
    issueRefund: (_provider, refund) => bank.provider.refund(refund),
    openAccount: () => null,
  });
  const { rows } = await pool.query("select refund_id from payment.refund where status = 'created'");
  for (const { refund_id: refundId } of rows) await job?.run({ refundId }, new AbortController().signal);
}

test("M1, M2, M6: no order of presses, cards, answers, losses, news, ends and shortages charges twice or loses an order", async (t) => {
  await playModel(t, { steps, stepsMax: 30, runs: 50, begin });
});
