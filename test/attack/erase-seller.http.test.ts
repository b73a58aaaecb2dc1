/** Whoever sold is erased once nothing is on sale or owed: their name leaves all but their buyers' receipts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { sellerContractVersion } from "@muse/contracts/seller-contract";
import { endHolding } from "../../server/test/sellers.ts";
import { buyFile } from "../../server/test/digital.ts";
import { must } from "../../server/src/kernel/assert.ts";
import { newId } from "../../server/src/kernel/ids.ts";
import { accessSweeps } from "../../server/src/rooms/access/index.ts";
import { checkInvariants } from "../../tools/invariants/check-invariants.ts";
import { openAttacked, tablesOf } from "./attacked-system.ts";
import { newPerson } from "./cast.ts";

const attacked = await openAttacked();
const { send, pool, config, log } = attacked;
const [seller, buyer, ada, bea] = [
  await newPerson(attacked),
  await newPerson(attacked),
  await newPerson(attacked, "ops"),
  await newPerson(attacked, "ops"),
];
const canaries = {
  shop: "Kanarienvogel Press",
  about: "Kanarien since 1901.",
  description: "Sung by a kanarienvogel.",
  draft: "Kanarien, unfinished",
  fileName: "kanarien-notes.txt",
  note: "Kanarien passport seen.",
  reason: "Kanarien songs of somebody else.",
} as const;

type Method = "GET" | "POST" | "PUT" | "DELETE";
async function ok(who: typeof seller, method: Method, url: string, body?: object) {
  const reply = await send({ method, url, headers: who.headers, ...(body === undefined ? {} : { body }) });
  assert.ok(reply.status < 300, `${method} ${url}: ${reply.text}`);
  return reply.json?.data;
}

async function fileOf(productId: string, name: string): Promise<string> {
  const fileId = newId("fil");
  await pool.query(
    `insert into access.file (file_id, product_id, name, version, content_type, size_bytes, sha256)
     values ($1, $2, $3, 1, 'text/plain', 1, sha256('x'))`,
    [fileId, productId, name],
  );
  return fileId;
}

/** Tables in which any of it stands, as a dump would show them. */
async function tracesOf(word: string): Promise<string[]> {
  const found: string[] = [];
  for (const table of await tablesOf(pool)) {
    const { rows } = await pool.query(`select from ${table} t where t::text ilike '%' || $1 || '%' limit 1`, [word]);
    if (rows.length > 0) found.push(table);
  }
  return found;
}

const erase = () =>
  send({ method: "DELETE", url: "/api/v1/account", headers: seller.headers, body: { password: "long enough" } });
const why = async (): Promise<unknown> => (await erase()).json?.error?.details.why;

test("not while something is on sale, owed, or on its way; then all of it goes but the name on a receipt", async () => {
  await endHolding(pool);
  const about = { displayName: canaries.shop, about: canaries.about };
  await ok(seller, "POST", "/api/v1/seller", { ...about, contractVersion: sellerContractVersion });
  const product = { title: "Song sheets", description: canaries.description, currency: "USD", priceCents: 2_000 };
  const { productId } = await ok(seller, "POST", "/api/v1/seller/products", product);
  await fileOf(productId, "songs.txt");
  await ok(seller, "POST", `/api/v1/seller/products/${productId}/publish`);
  const draft = await ok(seller, "POST", "/api/v1/seller/products", { ...product, title: canaries.draft });
  const draftFile = await fileOf(draft.productId, canaries.fileName);
  await buyFile(pool, { productId }, buyer.accountId);
  const desk = `/api/v1/admin/sellers/${seller.accountId}`;
  await ok(ada, "PUT", `${desk}/verification`, { verificationLevel: "identity", reason: canaries.note });
  for (const isSuspended of [true, false])
    await ok(ada, "PUT", `${desk}/suspension`, { isSuspended, reason: canaries.reason });

  const copy = await send({ method: "GET", url: "/api/v1/account/export", headers: seller.headers });
  for (const word of [canaries.shop, canaries.about, canaries.draft]) assert.ok(copy.text.includes(word), word);
  assert.deepEqual(await why(), ["owns_store", "seller_owed"]);
  await ok(seller, "POST", `/api/v1/seller/products/${productId}/withdraw`);
  assert.deepEqual(await why(), ["seller_owed"]);
  const payout = await ok(ada, "POST", `${desk}/payouts`, { currency: "USD", amountCents: 1_800 });
  assert.deepEqual(await why(), ["seller_owed"], "what is on its way may come back");
  await ok(bea, "POST", `/api/v1/admin/payouts/${payout.payoutId}/pay`, { reference: "TR-2026-1" });

  assert.ok((await tracesOf("kanarien")).length >= 6);
  const reply = await erase();
  assert.equal(reply.status, 200, reply.text);
  assert.deepEqual(await tracesOf("kanarien"), ["checkout.session", "orders.store_order"]);
  assert.ok(!log.join("").toLowerCase().includes("kanarien"));
  const library = await ok(buyer, "GET", "/api/v1/library");
  assert.equal(library.items[0].productId, productId, "what was bought is still its buyer's");
  const listed = await ok(ada, "GET", "/api/v1/admin/payouts");
  assert.deepEqual([listed.payouts[0].reference, listed.payouts[0].sellerName], ["TR-2026-1", null]);

  const removed: string[] = [];
  const files = {
    put: async () => undefined,
    read: async () => null,
    remove: async (key: string) => void removed.push(key),
  };
  for (const sweep of accessSweeps(pool, files)) await sweep.run(new AbortController().signal);
  assert.deepEqual(removed, [`files/${draftFile}`]);
  const report = await checkInvariants({
    databaseUrl: must(config.databaseUrl, "a test has its database"),
    settledForSeconds: 3_600,
  });
  assert.deepEqual(
    report.results.filter(({ outcome }) => outcome === "broken" || outcome === "failed").map(({ name }) => name),
    [],
  );
});
