/** Shoppers who are ready to pay at the simulated provider, for tests of what can go wrong then. */
import assert from "node:assert/strict";
import { openBell } from "#platform/db/bell.ts";
import { openListener } from "#platform/db/listen.ts";
import { silentLog } from "#platform/log/log.ts";
import { openStripe, stripeProvider, type PaymentProvider } from "#rooms/payment";
import type { TestDb } from "./db.ts";
import { makeCart, makeStore, makeVariant, type MadeVariant } from "./makers.ts";
import { openTestSandbox, type TestSandbox } from "./sandbox.ts";
import { placeSession, type Placed, type PlaceDeps, type PlaceInput } from "../src/rooms/checkout/place-session.ts";
import type { SessionState } from "../src/rooms/checkout/present.ts";
import { reconcilePayments, type ReconcileDeps } from "../src/rooms/checkout/reconcile-payments.ts";
import { payWith, readSession, startSession } from "../src/rooms/checkout/session-commands.ts";
import { openSessionWatch } from "../src/rooms/checkout/session-watch.ts";

export type Shopper = {
  readonly accountId: string;
  readonly sessionId: string;
  readonly goods: readonly MadeVariant[];
};

export type TestShoppers = {
  readonly sandbox: TestSandbox;
  readonly stripe: ReturnType<typeof openStripe>;
  readonly deps: PlaceDeps & ReconcileDeps;
  /** With two stores' goods in a session, 33 700 in all; the stores are ordered from by hand. */
  readonly shopper: (card?: string) => Promise<Shopper>;
  readonly changeCard: (who: Shopper, card: string) => Promise<void>;
  /** Other delivery, at these prices per store, as the shipping routes write it. */
  readonly chooseShipping: (who: Shopper, perStoreMinor: readonly [number, number], option?: string) => Promise<void>;
  readonly place: (who: Shopper, press?: Press) => Promise<Placed>;
  /** Presses "pay" on a process that dies at a call to the provider: just before it, or when it was answered. */
  readonly placeAndDie: (who: Shopper, at: DiesAt, press?: Press) => Promise<void>;
  /** What a worker does once it is time to ask what became of the payment. */
  readonly ask: (who: Shopper) => Promise<void>;
  /** Makes the payment's newest attempt so much older. */
  readonly age: (who: Shopper, seconds: number) => Promise<void>;
  readonly read: (who: Shopper) => Promise<SessionState>;
  /** The amounts that the provider took, in the order in which it took them. */
  readonly chargedMinor: (who: Shopper) => Promise<unknown[]>;
};

export type Press = Pick<PlaceInput, "key" | "totalMinor">;

export type DiesAt = { readonly call: keyof PaymentProvider; readonly when: "before" | "after" };

class Death extends Error {}

export async function openTestShoppers({ pool, url, beforeClose }: TestDb): Promise<TestShoppers> {
  const sandbox = await openTestSandbox();
  const stripe = openStripe({ secretKey: "sk_test_muse_sandbox", apiBase: sandbox.url });
  const listener = await openListener({
    connectionString: url,
    applicationName: "test ears",
    onReconnect: () => undefined,
  });
  beforeClose(() => listener.close());
  const deps = {
    db: pool,
    bell: openBell(pool, silentLog),
    provider: stripeProvider(stripe),
    watch: await openSessionWatch(listener),
    returnUrlBase: "http://127.0.0.1:3000/checkout/success/session/",
    log: silentLog,
  };
  return { sandbox, stripe, deps, ...carts(deps), ...presses(deps), ...looks(deps, sandbox) };
}

type Deps = TestShoppers["deps"];

function carts({ db }: Deps): Pick<TestShoppers, "shopper" | "changeCard" | "chooseShipping"> {
  const changeCard = async (who: Shopper, card: string): Promise<void> => {
    await payWith(db, { ...who, paymentMethodId: card, onStoreFailure: null });
  };
  return {
    changeCard,
    shopper: async (card = "pm_card_visa") => {
      const goods = [
        await makeVariant(db, { storeId: await makeStore(db), priceMinor: 24_800, stock: 5 }),
        await makeVariant(db, { storeId: await makeStore(db), priceMinor: 8_900 }),
      ];
      const accountId = await makeCart(
        db,
        goods.map((variant) => ({ variant })),
      );
      const started = await startSession(db, { accountId });
      assert.ok(started.kind === "started");
      const who = { accountId, sessionId: started.state.session.sessionId, goods };
      await db.query("update checkout.session set needs_shipping = false where session_id = $1", [who.sessionId]);
      await changeCard(who, card);
      return who;
    },
    chooseShipping: async ({ sessionId, goods }, perStoreMinor, option = "standard") => {
      const groups = goods.map(({ storeId }, index) => [
        storeId,
        { shippingOptionId: option, shippingMinor: perStoreMinor[index], taxMinor: 0, discountMinor: 0 },
      ]);
      await db.query(
        `update checkout.session
         set quote = $2, shipping_minor = $3, total_minor = subtotal_minor + $3, version = version + 1
         where session_id = $1`,
        [sessionId, { groups: Object.fromEntries(groups) }, perStoreMinor[0] + perStoreMinor[1]],
      );
    },
  };
}

function presses(deps: Deps): Pick<TestShoppers, "place" | "placeAndDie" | "ask" | "age"> {
  return {
    place: async (who, press) => await placeSession(deps, { ...who, ...press, claimKey: null }),
    placeAndDie: async (who, at, press) => {
      const provider = dying(deps.provider, at);
      await assert.rejects(placeSession({ ...deps, provider }, { ...who, ...press, claimKey: null }), Death);
    },
    ask: async ({ sessionId }) => {
      await deps.db.query(
        "update payment.payment set check_at = now() where session_id = $1 and check_at is not null",
        [sessionId],
      );
      await reconcilePayments(deps);
    },
    age: async ({ sessionId }, seconds) => {
      await deps.db.query(
        `update payment.attempt a set created_at = a.created_at - make_interval(secs => $2) from payment.payment p
         where p.payment_id = a.payment_id and p.session_id = $1`,
        [sessionId, seconds],
      );
    },
  };
}

function looks({ db }: Deps, sandbox: TestSandbox): Pick<TestShoppers, "read" | "chargedMinor"> {
  return {
    read: async (who) => {
      const state = await readSession(db, who);
      assert.ok(state !== null);
      return state;
    },
    chargedMinor: async ({ sessionId }) =>
      (await sandbox.records("charge"))
        .filter(({ data }) => JSON.stringify(data).includes(sessionId))
        .map(({ data }) => data["amount"]),
  };
}

/** The provider as a process sees it that dies at one of the calls: what it had sent was sent, nothing follows. */
function dying(provider: PaymentProvider, { call, when }: DiesAt): PaymentProvider {
  const called = provider[call] as (...args: unknown[]) => Promise<unknown>;
  const dies = async (...args: unknown[]): Promise<never> => {
    if (when === "after") await called(...args);
    throw new Death();
  };
  return { ...provider, [call]: dies };
}
