import assert from "node:assert/strict";
import { test } from "node:test";
import { openBell } from "#platform/db/bell.ts";
import { openListener } from "#platform/db/listen.ts";
import { silentLog } from "#platform/log/log.ts";
import { openStripe, stripeProvider } from "#rooms/payment";
import { openTestDb } from "../../../test/db.ts";
import { makeFile, ownedBy, type MadeFile } from "../../../test/digital.ts";
import { makeCart, makeStore, makeVariant, type MadeVariant } from "../../../test/makers.ts";
import { openTestSandbox } from "../../../test/sandbox.ts";
import { placeSession, type Placed, type PlaceDeps } from "./place-session.ts";
import { payWith, startSession } from "./session-commands.ts";
import { openSessionWatch } from "./session-watch.ts";

const { pool, url, beforeClose } = await openTestDb();
const sandbox = await openTestSandbox();
const stripe = openStripe({ secretKey: "sk_test_muse_sandbox", apiBase: sandbox.url });
const listener = await openListener({
  connectionString: url,
  applicationName: "test ears",
  onReconnect: () => undefined,
});
beforeClose(() => listener.close());
const deps: PlaceDeps = {
  db: pool,
  bell: openBell(pool, silentLog),
  provider: stripeProvider(stripe),
  watch: await openSessionWatch(listener),
  returnUrlBase: "http://127.0.0.1:3000/checkout/success/session/",
};

type Ready = { readonly accountId: string; readonly sessionId: string };

async function started(accountId: string, productIds: readonly string[] | null = null): Promise<Ready> {
  const start = await startSession(pool, { accountId, productIds });
  assert.ok(start.kind === "started" || start.kind === "existing", start.kind);
  const { sessionId } = start.state.session;
  await payWith(pool, { sessionId, accountId, paymentMethodId: "pm_card_visa", onStoreFailure: null });
  return { accountId, sessionId };
}

async function ready(goods: readonly MadeVariant[], accountId?: string): Promise<Ready> {
  return await started(
    await makeCart(
      pool,
      goods.map((variant) => ({ variant })),
      accountId,
    ),
  );
}

const place = (who: Ready): Promise<Placed> => placeSession(deps, { ...who, claimKey: null });

async function chargesOf(accountId: string): Promise<number> {
  const { rows } = await pool.query<{ session_id: string }>(
    "select session_id from checkout.session where account_id = $1",
    [accountId],
  );
  const charges = await sandbox.records("charge");
  return charges.filter(({ data }) => rows.some((row) => JSON.stringify(data).includes(row.session_id))).length;
}

const statuses = (placed: Placed): string[] => {
  assert.ok(placed.kind === "placing", placed.kind);
  return placed.state.orders.map(({ status }) => status);
};

async function leftInCart(accountId: string): Promise<number> {
  const { rows } = await pool.query("select count(*)::int as count from cart.item where account_id = $1", [accountId]);
  return rows[0].count;
}

test("a file is paid for without an address and is its buyer's at once, in one order", async () => {
  const file = await makeFile(pool);
  const who = await ready([file]);
  const placed = await place(who);
  assert.deepEqual(statuses(placed), ["delivered"]);
  assert.ok(placed.kind === "placing" && placed.state.session.status === "completed");
  assert.ok(!placed.state.session.needsShipping);
  assert.deepEqual(await ownedBy(pool, who.accountId), [file.productId]);
  assert.equal(await leftInCart(who.accountId), 0);
  const { rows } = await pool.query(
    `select o.placement_method, o.group_key, h.to_status from orders.store_order o join orders.order_status_history h using (order_number)
     where o.session_id = $1 order by h.history_id`,
    [who.sessionId],
  );
  assert.deepEqual(
    rows.map(({ to_status: to }) => to),
    ["pending", "placed", "shipped", "delivered"],
  );
  assert.equal(rows[0].placement_method, "digital");
  assert.equal(rows[0].group_key, file.productId);
});

test("three files of two sellers are three orders of one payment", async () => {
  const sellerId = "acc_one_seller";
  const files = [await makeFile(pool, { sellerId }), await makeFile(pool, { sellerId }), await makeFile(pool)];
  const who = await ready(files);
  assert.deepEqual(statuses(await place(who)), ["delivered", "delivered", "delivered"]);
  assert.deepEqual(await ownedBy(pool, who.accountId), files.map(({ productId }) => productId).toSorted());
  assert.equal(await chargesOf(who.accountId), 1);
});

test("files named by id are bought beside the cart, which keeps what else is in it", async () => {
  const file = await makeFile(pool);
  const other = await makeFile(pool);
  const accountId = await makeCart(pool, [{ variant: file }, { variant: other }]);
  const who = await started(accountId, [file.productId, file.productId]);
  assert.deepEqual(statuses(await place(who)), ["delivered"]);
  assert.deepEqual(await ownedBy(pool, accountId), [file.productId]);
  assert.equal(await leftInCart(accountId), 1);
});

test("a cart of parcels and files is paid once: files are there, parcels are on their way", async () => {
  const file = await makeFile(pool);
  const thing = await makeVariant(pool, { storeId: await makeStore(pool), priceMinor: 8_900 });
  const who = await ready([thing, file]);
  await pool.query("update checkout.session set needs_shipping = false where session_id = $1", [who.sessionId]);
  assert.deepEqual(statuses(await place(who)), ["pending", "delivered"]);
  assert.deepEqual(await ownedBy(pool, who.accountId), [file.productId]);
  assert.equal(await chargesOf(who.accountId), 1);
});

const nobody = "acc_nobody";

async function refusalOf(goods: readonly MadeVariant[], accountId?: string): Promise<string> {
  const owner = await makeCart(
    pool,
    goods.map((variant) => ({ variant })),
    accountId,
  );
  const before = await pool.query("select count(*)::int as count from checkout.session where account_id = $1", [owner]);
  const start = await startSession(pool, { accountId: owner });
  const after = await pool.query("select count(*)::int as count from checkout.session where account_id = $1", [owner]);
  assert.deepEqual(after.rows, before.rows, "nothing was made");
  assert.ok("items" in start, start.kind);
  return `${start.kind} ${Array.isArray(start.items) ? start.items.length : 0}`;
}

test("what cannot be bought is refused before anything is made, by name", async () => {
  const file = await makeFile(pool);
  const won = await makeFile(pool, { currency: "KRW", priceMinor: 12_000 });
  const gone = await makeFile(pool);
  await pool.query("update catalog.product set is_active = false where product_id = $1", [gone.productId]);
  assert.equal(await refusalOf([]), "cart_empty 0");
  assert.equal(await refusalOf([file, won]), "mixed_currency 2");
  assert.equal(await refusalOf([file, gone]), "product_unavailable 1");
  assert.equal(await refusalOf([file], file.sellerId), "self_purchase 1");

  const unknown = await startSession(pool, { accountId: nobody, productIds: [file.productId, "prd_nobody_has"] });
  assert.deepEqual(unknown, { kind: "product_not_found", items: [{ productId: "prd_nobody_has" }] });
  const thing = await makeVariant(pool, { storeId: await makeStore(pool) });
  const sent = await startSession(pool, { accountId: nobody, productIds: [thing.productId] });
  assert.equal(sent.kind, "shipping_address_required");
});

test("what one owns is not sold to one again, nor to a session that was made before", async () => {
  const file = await makeFile(pool);
  const who = await ready([file]);
  await place(who);
  assert.equal(await refusalOf([file], who.accountId), "already_purchased 1");

  // A visitor's checkout of the same file, who turns out to be somebody that owns it.
  const visitor = await ready([file]);
  await hand(visitor, who.accountId);
  assert.equal((await place({ ...visitor, accountId: who.accountId })).kind, "already_purchased");
  assert.equal(await chargesOf(who.accountId), 1);
});

test("a seller who began to buy their own file as a visitor is not sold it either", async () => {
  const file = await makeFile(pool);
  const visitor = await ready([file]);
  await hand(visitor, file.sellerId);
  assert.equal((await place({ ...visitor, accountId: file.sellerId })).kind, "self_purchase");
  assert.equal(await chargesOf(file.sellerId), 0);
});

test("a file that became one's own while it was being paid for again is paid back (S4)", async () => {
  const file = await makeFile(pool);
  const visitor = await ready([file]);
  const paying = await pool.query(
    "select outcome, payment_id, amount_minor from checkout.place_start_1($1, $2, $3, 'att_twice', interval '1 minute')",
    [visitor.sessionId, visitor.accountId, "pay_twice"],
  );
  assert.equal(paying.rows[0].outcome, "started");
  const owner = await ready([file]);
  await place(owner);
  await hand(visitor, owner.accountId);
  const paid = await pool.query(
    "select outcome from checkout.payment_succeeded_1('pay_twice', 'pi_twice', $1, 'USD')",
    [paying.rows[0].amount_minor],
  );
  assert.equal(paid.rows[0].outcome, "paid");
  const { rows } = await pool.query(
    `select o.status, o.reason, r.amount_minor = o.total_minor as is_paid_back
     from orders.store_order o join payment.refund r using (order_number) where o.session_id = $1`,
    [visitor.sessionId],
  );
  assert.deepEqual(rows, [{ status: "failed", reason: "already_purchased", is_paid_back: true }]);
  assert.deepEqual(await ownedBy(pool, owner.accountId), [file.productId]);
});

/** What an account merge does to a checkout, without what it does beside that. */
async function hand({ sessionId }: Ready, accountId: string): Promise<void> {
  await pool.query("update checkout.session set account_id = $2 where session_id = $1", [sessionId, accountId]);
  await pool.query("update orders.store_order set account_id = $2 where session_id = $1", [sessionId, accountId]);
}

test("ten purchases of one product by one person at once: one owned, one charge (S4)", async () => {
  const file = await makeFile(pool);
  const accountId = await makeCart(pool, [{ variant: file }]);
  const extras = await Promise.all(Array.from({ length: 9 }, () => makeFile(pool)));
  // Each buys the file beside another one, so that each is a checkout of its own.
  const placings = await Promise.all(
    [null, ...extras].map(async (extra: MadeFile | null) => {
      const productIds = extra === null ? [file.productId] : [file.productId, extra.productId];
      const start = await startSession(pool, { accountId, productIds });
      if (!("state" in start)) return start.kind;
      const { sessionId } = start.state.session;
      await payWith(pool, { sessionId, accountId, paymentMethodId: "pm_card_visa", onStoreFailure: null });
      return (await place({ accountId, sessionId })).kind;
    }),
  );
  assert.ok(placings.includes("placing"), placings.join());
  const owned = await ownedBy(pool, accountId);
  assert.equal(owned.filter((productId) => productId === file.productId).length, 1);
  assert.equal(await chargesOf(accountId), 1, placings.join());
});

test("of a limited edition of 10, 100 buyers get 10, and only those are charged", async () => {
  const file = await makeFile(pool, { editionLimit: 10 });
  const buyers: Ready[] = [];
  for (let n = 0; n < 100; n += 1) buyers.push(await ready([file]));
  const placed = await Promise.all(buyers.map(place));
  const won = placed.filter(({ kind }) => kind === "placing").length;
  assert.equal(won, 10, placed.map(({ kind }) => kind).join());
  assert.ok(placed.every(({ kind }) => kind === "placing" || kind === "out_of_stock"));
  const { rows } = await pool.query(
    "select count(*)::int as given, (select copies from access.edition where product_id = $1) as copies from access.holding where product_id = $1",
    [file.productId],
  );
  assert.deepEqual(rows, [{ given: 10, copies: 10 }]);
  let charged = 0;
  for (const { accountId } of buyers) charged += await chargesOf(accountId);
  assert.equal(charged, 10);
  assert.equal(await refusalOf([file]), "out_of_stock 1");
});

test("a file that its seller takes off the shelf is not sold to who was about to pay for it", async () => {
  const file = await makeFile(pool);
  const who = await ready([file]);
  await pool.query("select catalog.digital_withdraw_1($1, $2)", [file.productId, file.sellerId]);
  assert.equal((await place(who)).kind, "product_unavailable");
  assert.equal(await chargesOf(who.accountId), 0);
  assert.equal(await leftInCart(who.accountId), 1);
});

test("of a cart of two currencies each is paid for by itself, and the other stays", async () => {
  const dollars = [await makeFile(pool), await makeFile(pool)];
  const won = await makeFile(pool, { currency: "KRW", priceMinor: 12_000 });
  const goods = [...dollars, won].map((variant) => ({ variant }));
  const accountId = await makeCart(pool, goods);
  assert.equal((await startSession(pool, { accountId })).kind, "mixed_currency");
  const part = await startSession(pool, { accountId, currency: "USD" });
  assert.ok(part.kind === "started", part.kind);
  const { sessionId, currency, itemCount } = part.state.session;
  assert.deepEqual([currency, itemCount], ["USD", 2]);
  assert.equal((await startSession(pool, { accountId, currency: "USD" })).kind, "existing");
  await payWith(pool, { sessionId, accountId, paymentMethodId: "pm_card_visa", onStoreFailure: null });
  assert.deepEqual(statuses(await place({ accountId, sessionId })), ["delivered", "delivered"]);
  assert.equal(await leftInCart(accountId), 1);
  const rest = await startSession(pool, { accountId });
  assert.ok(rest.kind === "started" && rest.state.session.currency === "KRW", rest.kind);
  assert.equal((await startSession(pool, { accountId, currency: "USD" })).kind, "cart_empty");
});

test("an edition whose last copy goes while somebody fills in the form is sold out to them, before and at the press", async () => {
  const file = await makeFile(pool, { editionLimit: 1 });
  const slow = await ready([file]);
  await place(await ready([file]));
  assert.equal((await place(slow)).kind, "out_of_stock");
  const again = await startSession(pool, { accountId: slow.accountId });
  assert.ok(again.kind === "out_of_stock" && JSON.stringify(again.items).includes(file.productId), again.kind);
  assert.equal(await chargesOf(slow.accountId), 0);
});
