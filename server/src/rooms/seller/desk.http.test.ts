/** Sellers at the desk, over HTTP: who they are, whether they may sell, and what is paid out to them. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { systemClock } from "#kernel/clock.ts";
import { newId } from "#kernel/ids.ts";
import { folderFiles } from "#platform/files/folder-files.ts";
import { as, testServer } from "#platform/http/test-server.ts";
import { accessRoutes, linkSigner } from "#rooms/access";
import { catalogRoutes } from "#rooms/catalog";
import { checkInvariants } from "../../../../tools/invariants/check-invariants.ts";
import { openTestDb } from "../../../test/db.ts";
import { buyFile } from "../../../test/digital.ts";
import { endHolding, makeSeller, makeSold } from "../../../test/sellers.ts";
import { sellerRoutes } from "./index.ts";

const { pool, url: databaseUrl } = await openTestDb();
const { http } = testServer(pool);
const folder = mkdtempSync(join(tmpdir(), "muse-desk-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const files = folderFiles(join(folder, "kept"));
const audited: string[] = [];
sellerRoutes(http, {
  files,
  scan: null,
  scratchFolder: join(folder, "scratch"),
  clock: systemClock,
  audit: async (_, { accountId, action, subject, detail }) =>
    void audited.push(`${accountId} ${action} ${subject} ${JSON.stringify(detail)}`),
});
accessRoutes(http, { files, signer: linkSigner("a secret of at least thirty-two letters") });
catalogRoutes(http);

type Who = ReturnType<typeof as>;
const [ada, bea] = [as("ops", "acc_ada"), as("ops", "acc_bea")];

async function call(who: Who | null, method: "GET" | "POST" | "PUT", url: string, payload?: object, key?: string) {
  const reply = await http.fastify.inject({
    method,
    url,
    headers: { ...who, ...(key === undefined ? {} : { "idempotency-key": key }) },
    ...(payload === undefined ? {} : { payload }),
  });
  const isJson = String(reply.headers["content-type"]).startsWith("application/json");
  const body = isJson ? reply.json() : null;
  return {
    status: reply.statusCode,
    data: body?.data,
    code: body?.error?.code,
    details: body?.error?.details,
    text: reply.body,
  };
}

const sellers = "/api/v1/admin/sellers";
const payouts = "/api/v1/admin/payouts";
const lines = (csv: string): string[][] =>
  csv
    .trim()
    .split("\r\n")
    .map((line) => line.split(","));
const thisMonth = new Date().toISOString().slice(0, 7);
const statementOf = async (sellerId: string): Promise<string[][]> =>
  lines(
    (await call(as("seller", sellerId), "GET", `/api/v1/seller/payouts/statement.csv?currency=USD&month=${thisMonth}`))
      .text,
  );

/** A seller with two sales of 40 dollars: 72.00 are theirs. */
async function soldTwice(displayName: string) {
  const sellerId = await makeSeller(pool, { level: "email", displayName });
  const { productId, storeId } = await makeSold(pool, sellerId, { priceMinor: 4_000 });
  const buyers = [newId("acc"), newId("acc")] as const;
  for (const accountId of buyers) await buyFile(pool, { productId }, accountId);
  return { sellerId, productId, storeId, buyers };
}

test("a payout from what is owed to the bank's reference: seen by the house, by the seller, and in the trail", async () => {
  await endHolding(pool);
  const { sellerId } = await soldTwice("Payne & daughters");
  const prepare = { currency: "USD", amountCents: 5_000 };
  assert.equal((await call(ada, "POST", `${sellers}/${sellerId}/payouts`, prepare)).code, "seller_not_verified");
  const verify = { verificationLevel: "identity", reason: "Passport seen in a call." };
  assert.equal((await call(ada, "PUT", `${sellers}/${sellerId}/verification`, { ...verify, reason: " " })).status, 400);
  assert.equal(
    (await call(ada, "PUT", `${sellers}/${sellerId}/verification`, verify)).data.verificationLevel,
    "identity",
  );

  const above = await call(ada, "POST", `${sellers}/${sellerId}/payouts`, { ...prepare, amountCents: 7_201 });
  assert.deepEqual([above.code, above.details], ["payout_above_available", { availableCents: 7_200 }]);
  const made = await call(ada, "POST", `${sellers}/${sellerId}/payouts`, prepare, "a-key");
  const again = await call(ada, "POST", `${sellers}/${sellerId}/payouts`, prepare, "a-key");
  assert.deepEqual([made.status, made.data.status, again.data.payoutId], [201, "prepared", made.data.payoutId]);
  const { payoutId } = made.data;
  const other = await call(bea, "POST", `${sellers}/${sellerId}/payouts`, prepare);
  assert.deepEqual([other.code, other.details], ["payout_waiting", { payoutId }]);
  const listed = (await call(ada, "GET", payouts)).data;
  assert.deepEqual(
    [listed.payouts[0].payoutId, listed.payouts[0].sellerName, listed.payouts[0].isOwn],
    [payoutId, "Payne & daughters", true],
  );
  const owed = listed.owed.find((each: { sellerId: string }) => each.sellerId === sellerId);
  assert.deepEqual([owed.availableCents, owed.onItsWayCents, owed.balanceDisplay], [2_200, 5_000, "$22.00"]);

  const pay = async (reference: string) => await call(bea, "POST", `${payouts}/${payoutId}/pay`, { reference });
  assert.equal((await pay("=1+1")).status, 400);
  assert.equal((await pay("TR-4711")).data.status, "paid");
  assert.equal((await pay("TR-4711")).data.status, "paid");
  assert.equal((await pay("TR-4712")).code, "payout_closed");
  assert.deepEqual(
    audited.map((line) => line.split(" ").slice(0, 3).join(" ")),
    ["acc_ada seller.verify", "acc_ada payout.prepare", "acc_bea payout.pay", "acc_bea payout.pay_refused"].map(
      (line) => `${line} ${sellerId}`,
    ),
  );

  const own = (await call(as("seller", sellerId), "GET", "/api/v1/seller/payouts")).data;
  assert.deepEqual(
    [own.payouts[0].reference, own.payouts[0].status, own.standing[0].availableCents],
    ["TR-4711", "paid", 2_200],
  );
  assert.ok(!JSON.stringify(own).includes("acc_"), "nothing of who did it");
  const statement = await statementOf(sellerId);
  assert.deepEqual(
    statement.slice(1).map(([, , what, , payout, , amount, , balance]) => [what, payout, amount, balance]),
    [
      ["opening_balance", "", "", "0.00"],
      ["order_placed", "", "36.00", "36.00"],
      ["order_placed", "", "36.00", "72.00"],
      ["payout_prepared", "TR-4711", "-50.00", "22.00"],
      ["closing_balance", "", "", "22.00"],
    ],
  );
  assert.equal((await call(bea, "POST", `${payouts}/${payoutId}/fail`, { failure: "returned" })).data.status, "failed");
  assert.equal((await statementOf(sellerId)).at(-1)?.at(-1), "72.00");
  assert.deepEqual((await call(as("seller", newId("acc")), "GET", "/api/v1/seller/payouts")).data.payouts, []);
});

test("above what one person may move alone, a second one agrees; and nobody pays themselves", async () => {
  await endHolding(pool);
  const sellerId = await makeSeller(pool);
  const { productId } = await makeSold(pool, sellerId, { priceMinor: 50_000 });
  await buyFile(pool, { productId });
  const self = as("admin", sellerId);
  const wish = { currency: "USD", amountCents: 45_000 };
  assert.equal((await call(self, "POST", `${sellers}/${sellerId}/payouts`, wish)).code, "seller_own");
  const { data } = await call(ada, "POST", `${sellers}/${sellerId}/payouts`, wish);
  assert.equal(data.needsSecond, true);
  const step = async (who: Who, name: string, body?: object) =>
    await call(who, "POST", `${payouts}/${data.payoutId}/${name}`, body);
  assert.equal((await step(ada, "pay", { reference: "TR-100" })).code, "payout_needs_second");
  assert.equal((await step(ada, "approve")).code, "payout_own");
  assert.equal((await step(self, "approve")).code, "seller_own");
  assert.equal((await step(self, "pay", { reference: "TR-100" })).code, "seller_own");
  assert.equal((await step(self, "fail", { failure: "called_off" })).code, "seller_own");
  assert.equal((await step(bea, "approve")).data.approvedBy, "acc_bea");
  assert.equal((await step(ada, "pay", { reference: "TR-100" })).data.status, "paid");
  assert.equal((await step(self, "fail", { failure: "returned" })).code, "seller_own", "to be paid it once more");
  assert.equal((await step(bea, "pay", { reference: "TR-200" })).code, "payout_closed");
  const refused = audited.filter((line) => line.includes(`payout.pay_refused ${sellerId}`));
  assert.deepEqual(
    refused.map((line) => /^(\S+).*"reference":"(\S+?)"/.exec(line)?.slice(1)),
    [
      ["acc_ada", "TR-100"],
      ["acc_bea", "TR-200"],
    ],
    "a transfer that was made too early, or twice, is found again",
  );
  const level = { verificationLevel: "identity", reason: "It is me." };
  assert.equal((await call(self, "PUT", `${sellers}/${sellerId}/verification`, level)).code, "seller_own");
  const suspension = { isSuspended: false, reason: "I am fine." };
  assert.equal((await call(self, "PUT", `${sellers}/${sellerId}/suspension`, suspension)).code, "seller_own");
});

test("a suspended seller sells nothing; whoever bought keeps it, and who is about to pay is told", async () => {
  const { sellerId, productId, storeId, buyers } = await soldTwice("Copycat");
  const late = newId("acc");
  const sessionId = newId("cs");
  const start = async (accountId: string, id: string): Promise<string> =>
    (
      await pool.query("select outcome from checkout.session_start_3($1, $2, interval '30 minutes', 'en', $3)", [
        accountId,
        id,
        [productId],
      ])
    ).rows[0].outcome;
  assert.equal(await start(late, sessionId), "started");
  await pool.query("update checkout.session set payment_method_id = 'pm_card_visa' where session_id = $1", [sessionId]);

  const suspend = async (isSuspended: boolean) =>
    await call(ada, "PUT", `${sellers}/${sellerId}/suspension`, { isSuspended, reason: "Fonts of somebody else." });
  const suspended = (await suspend(true)).data;
  assert.deepEqual([suspended.suspendedReason, typeof suspended.suspendedAt], ["Fonts of somebody else.", "string"]);
  await suspend(true);
  assert.equal(audited.filter((line) => line.includes(`seller.suspend ${sellerId}`)).length, 1, "once");
  const told = (await call(as("seller", sellerId), "GET", "/api/v1/seller")).data;
  assert.equal(told.suspendedReason, "Fonts of somebody else.");

  assert.equal((await call(null, "GET", `/api/v1/catalog/products/${productId}`)).status, 404);
  assert.equal(await start(newId("acc"), newId("cs")), "product_unavailable");
  const place = async (): Promise<string> =>
    (
      await pool.query("select outcome from checkout.place_start_1($1, $2, $3, $4, interval '1 minute')", [
        sessionId,
        late,
        newId("pay"),
        newId("att"),
      ])
    ).rows[0].outcome;
  assert.equal(await place(), "product_unavailable");
  // An operator who opens the store by hand has not ended the suspension.
  await pool.query("update store.store set is_active = true where store_id = $1", [storeId]);
  assert.equal(await place(), "product_unavailable");
  await pool.query("update store.store set is_active = false where store_id = $1", [storeId]);
  const owner = await call(as("shopper", buyers[0]), "GET", "/api/v1/library");
  assert.deepEqual(
    owner.data.items.map((item: { productId: string }) => item.productId),
    [productId],
  );

  assert.equal(
    (await call(as("seller", sellerId), "POST", `/api/v1/seller/products/${productId}/publish`)).status,
    409,
  );
  const found = (await call(ada, "GET", `${sellers}?state=suspended&query=copy`)).data;
  assert.deepEqual(
    [found.total, found.sellers[0].sellerId, found.sellers[0].sales[0].netDisplay],
    [1, sellerId, "$72.00"],
  );
  await suspend(false);
  assert.equal((await call(null, "GET", `/api/v1/catalog/products/${productId}`)).status, 200);
  assert.equal(await place(), "started");
});

test("whoever changes their name is called by it in their store, on the shelf and by a search", async () => {
  const { sellerId, productId, storeId } = await soldTwice("Before & Co");
  const who = as("seller", sellerId);
  const changed = await call(who, "PUT", "/api/v1/seller", { displayName: "Quillfeather", about: "Now." });
  assert.equal(changed.data.displayName, "Quillfeather");
  const { rows } = await pool.query(
    "select p.brand, s.name, s.description from catalog.product p join store.store s using (store_id) where p.product_id = $1 and s.store_id = $2",
    [productId, storeId],
  );
  assert.deepEqual(rows, [{ brand: "Quillfeather", name: "Quillfeather", description: "Now." }]);
  const found = await call(null, "GET", "/api/v1/catalog/products?query=quillfeather");
  assert.deepEqual(
    found.data.products.map((product: { productId: string }) => product.productId),
    [productId],
  );
});

test("of whom nothing is known, three products are on sale at once; a verified address lifts that", async () => {
  const sellerId = await makeSeller(pool, { level: "unverified" });
  const who = as("seller", sellerId);
  assert.equal((await call(who, "GET", "/api/v1/seller")).data.publishedMax, 3);
  const publish = async (): Promise<string> => {
    const draft = { title: "Letters", currency: "USD", priceCents: 500 };
    const { productId } = (await call(who, "POST", "/api/v1/seller/products", draft)).data;
    await pool.query(
      `insert into access.file (file_id, product_id, name, version, content_type, size_bytes, sha256) values ($1, $2, 'a.txt', 1, 'text/plain', 1, $3)`,
      [newId("fil"), productId, randomBytes(32)],
    );
    const { data, code } = await call(who, "POST", `/api/v1/seller/products/${productId}/publish`);
    return code ?? data.status;
  };
  assert.deepEqual(
    [await publish(), await publish(), await publish(), await publish()],
    ["published", "published", "published", "seller_products_too_many"],
  );
  await pool.query(`update account."user" set email_verified = true where id = $1`, [sellerId]);
  const { verificationLevel, publishedMax } = (await call(who, "GET", "/api/v1/seller")).data;
  assert.deepEqual([verificationLevel, publishedMax], ["email", null]);
  assert.equal(await publish(), "published");
  assert.equal((await call(ada, "GET", `${sellers}/${sellerId}`)).data.productsPublished, 4);
  assert.equal((await call(ada, "GET", `${sellers}/acc_nobody0000`)).code, "seller_not_found");
});

test("the books hold after all of it", async () => {
  const report = await checkInvariants({ databaseUrl, settledForSeconds: 0 });
  const broken = report.results.filter(({ id, outcome }) => id === "M4" && outcome !== "holds");
  assert.deepEqual(broken, []);
});
