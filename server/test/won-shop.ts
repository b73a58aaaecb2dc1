/** A shop that sells in won, with Toss's simulator, its routes and its refunds: for what becomes of deposits. */
import assert from "node:assert/strict";
import { nodeHttp } from "@muse/connectors/http";
import { must } from "#kernel/assert.ts";
import { openBell } from "#platform/db/bell.ts";
import { openListener } from "#platform/db/listen.ts";
import { as, testServer } from "#platform/http/test-server.ts";
import { silentLog } from "#platform/log/log.ts";
import { outboundHttp } from "#platform/outbound/http.ts";
import { masterKeyFrom, newMasterKey } from "#platform/seal/seal.ts";
import { checkoutJobs, checkoutRoutes, openSessionWatch, reconcileTossOrder } from "#rooms/checkout";
import { noteProviderRefund, orderRoutes, refundJobs, type NotedRefund } from "#rooms/order";
import {
  byCurrency,
  openRefundAccount,
  openStripe,
  openToss,
  readTossCancels,
  refundAccountRoutes,
  stripeProvider,
  tossProvider,
} from "#rooms/payment";
import { recordAudit } from "#rooms/ops";
import { cancelOrder, placementRoutes } from "#rooms/placement";
import { trackParcel } from "#rooms/shipment";
import { openTestDb } from "./db.ts";
import { makeFile } from "./digital.ts";
import { makeCart, makeStore, makeVariant, type MadeVariant } from "./makers.ts";
import { openTestSandbox } from "./sandbox.ts";
import { openTossPayer } from "./toss-payer.ts";

export type Bought = {
  readonly accountId: string;
  readonly sessionId: string;
  readonly paymentKey: string;
  readonly amount: number;
  /** In the order of their numbers. */
  readonly orderNumbers: readonly string[];
};

type Caller = "anonymous" | "ops";
type Parts = Awaited<ReturnType<typeof openParts>>;
type Named = Pick<Bought, "sessionId">;

/** Call once, at the top of a test file. */
export async function openWonShop() {
  const parts = await openParts();
  const { http, placing, masterKey } = parts;
  checkoutRoutes(http, placing);
  orderRoutes(http, { accessOf: async () => [] });
  refundAccountRoutes(http, { masterKey, audit: recordAudit });
  placementRoutes(http, { audit: recordAudit, track: trackParcel, evidenceFolder: "/nowhere" });
  const send = senderOf(parts);
  return { ...parts, send, buy: buyerOf(parts, send), ...refundsOf(parts) };
}

async function openParts() {
  const { pool, url: databaseUrl, beforeClose } = await openTestDb();
  const sandbox = await openTestSandbox();
  const listener = await openListener({
    connectionString: databaseUrl,
    applicationName: "test ears",
    onReconnect: () => undefined,
  });
  beforeClose(() => listener.close());
  const stripe = openStripe({ secretKey: "sk_test_muse_sandbox", apiBase: sandbox.url });
  const toss = openToss({
    secretKey: "test_sk_muse_sandbox",
    apiBase: sandbox.url,
    http: outboundHttp(nodeHttp, "toss"),
  });
  const provider = byCurrency({ stripe: stripeProvider(stripe), toss: tossProvider(toss) });
  const placing = {
    db: pool,
    bell: openBell(pool, silentLog),
    provider,
    watch: await openSessionWatch(listener),
    returnUrlBase: "http://127.0.0.1:3000/checkout/placing/",
  };
  return {
    pool,
    databaseUrl,
    sandbox,
    payer: openTossPayer(sandbox.url),
    http: testServer(pool).http,
    stripe,
    toss,
    provider,
    placing,
    masterKey: must(masterKeyFrom(newMasterKey()), "a new key is a key"),
    reconciling: { ...placing, log: silentLog, cancelOrder },
    noting: { db: pool, log: silentLog, audit: recordAudit, cancelOrder },
  };
}

function senderOf({ http }: Pick<Parts, "http">) {
  return async (method: "GET" | "POST" | "PUT", path: string, by: readonly [Caller, string], body?: object) => {
    const answer = await http.fastify.inject({
      method,
      url: path,
      headers: as(by[0], by[1]),
      ...(body === undefined ? {} : { payload: body }),
    });
    return { status: answer.statusCode, json: answer.json() };
  };
}

type BuyWish = {
  readonly method?: "CARD" | "VIRTUAL_ACCOUNT";
  readonly isPaid?: boolean;
  /** Each an order of its own; a thing is ordered from its store by hand. */
  readonly goods?: readonly Kind[];
};

type Kind = "thing" | "by api" | "file";

/** From a cart through Toss's window; money that comes into an account is there and known unless `isPaid` is false. */
function buyerOf({ pool, payer, reconciling }: Parts, send: ReturnType<typeof senderOf>) {
  return async ({ method = "VIRTUAL_ACCOUNT", isPaid = true, goods = ["thing"] }: BuyWish = {}): Promise<Bought> => {
    const variants = [];
    for (const kind of goods) variants.push({ variant: await makeKind(pool, kind) });
    const accountId = await makeCart(pool, variants);
    const me = ["anonymous", accountId] as const;
    const { sessionId } = (await send("POST", "/api/v1/checkout/sessions", me, {})).json.data as { sessionId: string };
    await pool.query("update checkout.session set needs_shipping = false where session_id = $1", [sessionId]);
    const opened = await send("POST", `/api/v1/checkout/sessions/${sessionId}/toss`, me, {});
    assert.equal(opened.status, 200, JSON.stringify(opened.json));
    const { orderId, amountCents: amount } = opened.json.data as { orderId: string; amountCents: number };
    const paymentKey = await payer.agree({ orderId, amount, method });
    const confirmed = await send("POST", "/api/payments/toss/confirm", me, { orderId, paymentKey, amount });
    assert.equal(confirmed.status, 200, JSON.stringify(confirmed.json));
    if (isPaid && method === "VIRTUAL_ACCOUNT") {
      await payer.deposit(paymentKey);
      assert.equal(await reconcileTossOrder(reconciling, sessionId), "paid");
    }
    const { rows } = await pool.query<{ order_number: string }>(
      "select order_number from orders.store_order where session_id = $1 order by order_number",
      [sessionId],
    );
    return { accountId, sessionId, paymentKey, amount, orderNumbers: rows.map((row) => row.order_number) };
  };
}

async function makeKind(pool: Parts["pool"], kind: Kind): Promise<MadeVariant> {
  if (kind === "file") return await makeFile(pool, { currency: "KRW", priceMinor: 7_000 });
  const storeId = await makeStore(pool, { currency: "KRW", connector: kind === "by api" ? "rest-oauth" : null });
  return await makeVariant(pool, { storeId, priceMinor: 12_000, currency: "KRW" });
}

function refundsOf({ pool, sandbox, provider, masterKey, reconciling, noting, toss }: Parts) {
  const [job] = refundJobs({
    db: pool,
    log: silentLog,
    issueRefund: async (_provider, refund) => await provider.refund(refund),
    openAccount: (refundId, sealed) => {
      const opened = openRefundAccount(masterKey, refundId, sealed);
      return opened.kind === "opened" ? opened.account : null;
    },
  });
  const calling = checkoutJobs(reconciling).find(({ name }) => name === "checkout.cancel_payment");
  const rowsOf = async ({ sessionId }: Named) =>
    (
      await pool.query<{ refund_id: string; status: string }>(
        `select r.refund_id, r.status from payment.refund r join payment.payment p using (payment_id)
         where p.session_id = $1 order by r.created_at, r.refund_id`,
        [sessionId],
      )
    ).rows;
  return {
    /** What a worker does for a checkout that was called off. */
    callOff: async ({ sessionId }: Named): Promise<void> => {
      await must(calling, "payments of ended checkouts are called off").run({ sessionId }, signal);
    },
    /** Works every refund of a checkout that is to be sent, twice, as a job is run again when its worker dies. */
    sendRefunds: async (bought: Named): Promise<string[]> => {
      for (const { refund_id: refundId } of await rowsOf(bought)) {
        for (let run = 0; run < 2; run += 1) await must(job, "refunds have a job").run({ refundId }, signal);
      }
      return (await rowsOf(bought)).map(({ status }) => status);
    },
    /** By Toss's own records. */
    paidBack: async ({ paymentKey }: Pick<Bought, "paymentKey">): Promise<Record<string, unknown>[]> =>
      (await sandbox.records("refund")).map(({ data }) => data).filter((data) => data["paymentKey"] === paymentKey),
    /** What a word of Toss's leads to: its cancels are read, and those that are not ours noted. */
    hear: async ({ paymentKey }: Pick<Bought, "paymentKey">): Promise<NotedRefund[]> => {
      const noted: NotedRefund[] = [];
      for (const refund of await readTossCancels(toss, paymentKey))
        noted.push(await noteProviderRefund(noting, refund));
      return noted;
    },
  };
}

const { signal } = new AbortController();
