import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";

import { startSandbox, type Sandbox } from "../start-sandbox.ts";

type Json = Readonly<Record<string, unknown>>;
type Told = { readonly path: string; readonly signature: string; readonly body: string };

let sandbox: Sandbox;
const told: Told[] = [];
const app = createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
  request.on("end", () => {
    told.push({ path: request.url ?? "", signature: String(request.headers["store-signature"]), body });
    response.end();
  });
});

before(async () => {
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
  const appUrl = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
  sandbox = await startSandbox({ port: 0, dataFile: ":memory:", appUrl });
  await ask("PUT", "/retailers/settings", { autoAdvance: false, stepMs: 40 });
});
after(async () => {
  await sandbox.close();
  app.closeAllConnections();
  app.close();
});

test("six stores sell about two hundred products, each with a picture and a sku of its own", async () => {
  const { stores } = await ask("GET", "/directory");
  const skus: string[] = [];
  let productCount = 0;
  for (const store of stores as readonly { slug: string; feedUrl: string }[]) {
    const { products } = (await (await fetch(store.feedUrl)).json()) as { products: Product[] };
    productCount += products.length;
    for (const product of products) {
      skus.push(...product.variants.map((variant) => variant.sku));
      const picture = await (await fetch(product.imageUrl)).text();
      assert.match(picture, /^<svg [^]*<\/svg>$/, product.imageUrl);
      assert.doesNotMatch(picture, /\{[cdl]\}|undefined|NaN/, product.imageUrl);
    }
  }
  assert.ok(productCount >= 200, `${productCount} products`);
  assert.equal(new Set(skus).size, skus.length);
  for (const sku of ["HM-COAT-M", "HM-SCARF", "HO-TOTE", "HO-BELT-M"]) assert.ok(skus.includes(sku), sku);
});
type Product = { readonly imageUrl: string; readonly variants: readonly { readonly sku: string }[] };

test("the last units go to as many orders as there are units, and no further", async () => {
  await ask("PATCH", "/retailers/fernwood/variants/FW-STOVE", { stock: 3 });
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) => orderAtFernwood(`MO-LAST-${index}`, "FW-STOVE")),
  );
  const statuses = answers.map((answer) => answer.status).toSorted((a, b) => a - b);
  assert.deepEqual(statuses, [201, 201, 201, ...Array.from({ length: 9 }, () => 409)]);
  assert.deepEqual((await ask("PATCH", "/retailers/fernwood/variants/FW-STOVE", {}))["stock"], 0);
});

test("Fernwood makes two orders of the same call sent twice, and finds both by their reference", async () => {
  await orderAtFernwood("MO-TWICE", "FW-MUG-CRE");
  await orderAtFernwood("MO-TWICE", "FW-MUG-CRE");
  const response = await fetch(`${sandbox.url}/retailers/fernwood/api/orders?reference=MO-TWICE`, {
    headers: fernwoodKey,
  });
  assert.equal(((await response.json()) as { orders: unknown[] }).orders.length, 2);
});

test("a cancelled order puts its goods back", async () => {
  const before = await ask("PATCH", "/retailers/fernwood/variants/FW-POLES", {});
  const { number } = await orderAtFernwood("MO-BACK", "FW-POLES");
  await fetch(`${sandbox.url}/retailers/fernwood/api/orders/${number}`, { method: "DELETE", headers: fernwoodKey });
  assert.deepEqual(await ask("PATCH", "/retailers/fernwood/variants/FW-POLES", {}), before);
});

test("an order advances to delivered, tells Muse each step signed, and its parcel moves with it", async () => {
  const { number } = await orderAtFernwood("MO-LIFE", "FW-SPORK");
  for (let step = 0; step < 4; step += 1) await ask("POST", `/retailers/fernwood/orders/${number}/advance`);
  await until(() => about("MO-LIFE").length === 3);
  const types = about("MO-LIFE").map((message) => (JSON.parse(message.body) as { type: string }).type);
  assert.deepEqual(types.toSorted(), ["order.confirmed", "order.delivered", "order.shipped"]);
  for (const { path, signature, body } of about("MO-LIFE")) {
    assert.equal(path, "/api/v1/webhooks/stores/fernwood");
    const [, seconds, hex] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature) ?? [];
    assert.equal(hex, createHmac("sha256", "whsec_fernwood_sandbox").update(`${seconds}.${body}`).digest("hex"));
  }
  const order = (await (
    await fetch(`${sandbox.url}/retailers/fernwood/api/orders/${number}`, { headers: fernwoodKey })
  ).json()) as Json;
  const parcel = await ask("GET", `/carriers/${String(order["carrier"])}/track/${String(order["trackingNumber"])}`);
  assert.equal(parcel["status"], "delivered");
  assert.equal((await fetch(`${sandbox.url}/carriers/swiftpost/track/SP404`)).status, 404);
});

test("whoever calls a store hears its orders and whose they are, has one taken back, and time passes for them", async () => {
  const { number } = await orderAtFernwood("MO-CALL", "FW-SPORK");
  const find = async (): Promise<Json> => {
    const { orders } = await ask("GET", "/order-books/fernwood");
    const found = (orders as readonly Json[]).find((order) => order["number"] === number);
    return found ?? assert.fail("the order is not in the book");
  };
  const { reference, status, shipTo, placedAtMs } = await find();
  assert.deepEqual([reference, status, (shipTo as Json)["name"]], ["MO-CALL", "placed", "Jane Doe"]);

  await ask("POST", "/order-books/pass", { seconds: 60 });
  assert.equal((await find())["placedAtMs"], Number(placedAtMs) - 60_000);
  assert.deepEqual(await ask("POST", `/order-books/fernwood/${number}/cancel`), { outcome: "cancelled" });
  assert.equal((await find())["status"], "cancelled");
  assert.equal((await fetch(`${sandbox.url}/order-books/nobodys`)).status, 404);
});

test("orders live by themselves while autoAdvance is on", async () => {
  await ask("PUT", "/retailers/settings", { autoAdvance: true });
  const { number } = await orderAtFernwood("MO-AUTO", "FW-SPORK");
  await until(() => about("MO-AUTO").length === 3);
  await ask("PUT", "/retailers/settings", { autoAdvance: false });
  const response = await fetch(`${sandbox.url}/retailers/fernwood/api/orders/${number}`, { headers: fernwoodKey });
  assert.equal(((await response.json()) as Json)["status"], "delivered");
});

test("a reset sows the first stock again", async () => {
  await ask("POST", "/reset");
  const item = await ask("PATCH", "/retailers/fernwood/variants/FW-STOVE", {});
  assert.ok(Number(item["stock"]) > 3);
});

const fernwoodKey = { "x-api-key": "fw_key_muse_sandbox" };

async function orderAtFernwood(reference: string, sku: string): Promise<{ status: number; number: string }> {
  const shipTo = {
    name: "Jane Doe",
    address1: "501 Market St",
    city: "San Francisco",
    state: "CA",
    zip: "94105",
    country: "US",
  };
  const response = await fetch(`${sandbox.url}/retailers/fernwood/api/orders`, {
    method: "POST",
    headers: { ...fernwoodKey, "content-type": "application/json" },
    body: JSON.stringify({
      reference,
      items: [{ sku, quantity: 1 }],
      shipTo,
      email: "jane@example.com",
      shippingOptionId: "standard",
    }),
  });
  return { status: response.status, number: String(((await response.json()) as Json)["orderNumber"]) };
}

async function ask(method: string, path: string, body?: unknown): Promise<Json> {
  const sent =
    body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(`${sandbox.url}${path}`, { method, ...sent });
  assert.ok(response.ok, `${method} ${path}: ${response.status}`);
  return (await response.json()) as Json;
}

function about(reference: string): readonly Told[] {
  return told.filter((message) => message.body.includes(`"${reference}"`));
}

async function until(isSo: () => boolean): Promise<void> {
  const endMs = Date.now() + 5_000;
  while (!isSo() && Date.now() < endMs) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.ok(isSo(), "it came to be within five seconds");
}
