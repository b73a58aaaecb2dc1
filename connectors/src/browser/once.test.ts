import assert from "node:assert/strict";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { after, before, test } from "node:test";
import { chromium, type Browser, type Page } from "playwright-core";

import { findChromium } from "./chromium.ts";
import { openEgress } from "./http-egress.ts";
import { setGate, type SubmitGate } from "./submit-gate.ts";
import { loopbackCertificate } from "./test/loopback-certificate.ts";

let browser: Browser;
before(async () => {
  const found = await findChromium(process.env["CHROMIUM_PATH"]);
  // Only pages of this test are opened, so root may open them without a sandbox.
  browser = await chromium.launch({
    executablePath: found.executablePath,
    args: [...found.args],
    chromiumSandbox: false,
  });
});
after(async () => {
  await browser.close();
});

type Shop = { readonly host: string; readonly url: string; readonly posts: () => number; readonly close: () => void };

/** Keeps its connections, and breaks each as soon as an order has come in whole: once it was taken, or it was not. */
async function openShop(isSecure: boolean): Promise<Shop> {
  let posts = 0;
  const answer: RequestListener = (request, response) => {
    if (request.method !== "POST") {
      response.end("<!doctype html><title>Shop</title>");
      return;
    }
    posts += 1;
    request.resume().on("end", () => request.socket.destroy());
  };
  const server: Server = isSecure ? createSecureServer(loopbackCertificate, answer) : createServer(answer);
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const host = `127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  return {
    host,
    url: `${isSecure ? "https" : "http"}://${host}`,
    posts: () => posts,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

type Visit = { readonly shop: Shop; readonly page: Page; readonly gate: SubmitGate };

async function visit(isSecure: boolean, work: (visit: Visit) => Promise<void>): Promise<void> {
  const shop = await openShop(isSecure);
  const egress = await openEgress({});
  const context = await browser.newContext({ proxy: { server: egress.url }, ignoreHTTPSErrors: true });
  try {
    egress.allow([shop.host]);
    const gate = await setGate(context, {
      hosts: [shop.host],
      egress,
      isSubmit: ({ method, url }) => method === "POST" && url.pathname === "/order",
    });
    const page = await context.newPage();
    await page.goto(shop.url);
    // Warms several connections, so that there are kept ones for the order to leave on.
    await page.evaluate("Promise.all([1, 2, 3, 4].map((n) => fetch('/warm?' + n).then((r) => r.text())))");
    await work({ shop, page, gate });
  } finally {
    await context.close();
    await egress.close();
    shop.close();
  }
}

/** "answered" for any answer at all, else "failed". */
const order = "fetch('/order', { method: 'POST', body: 'one' }).then(() => 'answered', () => 'failed')";

for (const isSecure of [false, true]) {
  const kind = isSecure ? "an encrypted" : "a plain";
  test(`O3: ${kind} order whose connection breaks is not sent again by Chromium itself`, async () => {
    await visit(isSecure, async ({ shop, page, gate }) => {
      gate.open();
      await page.evaluate(order);
      assert.equal(shop.posts(), 1);
      assert.equal(gate.hasSubmitted(), true);
    });
  });
}

test("O3: no order leaves before the gate is open, no second one while it is, none after it is shut", async () => {
  await visit(false, async ({ shop, page, gate }) => {
    assert.equal(await page.evaluate(order), "failed");
    assert.deepEqual([shop.posts(), gate.hasSubmitted()], [0, false]);
    gate.open();
    const both = await page.evaluate(`Promise.all([${order}, ${order}])`);
    assert.ok((both as readonly string[]).includes("failed"));
    assert.equal(shop.posts(), 1);
    gate.shut();
    assert.equal(await page.evaluate(order), "failed");
    assert.equal(shop.posts(), 1);
    assert.throws(() => gate.open());
  });
});

test("whatever writes while the gate is open counts as an order that may have left", async () => {
  await visit(false, async ({ page, gate }) => {
    gate.open();
    await page.evaluate("fetch('/elsewhere', { method: 'PUT' }).catch(() => 0)");
    assert.equal(gate.hasSubmitted(), true);
  });
});

test("only the shop's hosts can be reached, by requests, frames and sockets alike", async () => {
  const other = await openShop(false);
  try {
    await visit(false, async ({ page }) => {
      const tried = await page.evaluate(`Promise.all([
        fetch("${other.url}/x", { mode: "no-cors" }).then(() => "reached", () => "closed"),
        fetch("http://169.254.169.254/latest", { mode: "no-cors" }).then(() => "reached", () => "closed"),
        new Promise((resolve) => {
          const socket = new WebSocket("ws://${other.host}/");
          socket.onopen = () => resolve("reached");
          socket.onerror = () => resolve("closed");
        }),
      ])`);
      assert.deepEqual(tried, ["closed", "closed", "closed"]);
      await assert.rejects(page.goto(other.url));
    });
  } finally {
    other.close();
  }
});

test("an address that is not allowed is not connected to, whatever its name", async () => {
  const egress = await openEgress({ isAddressAllowed: () => false });
  const shop = await openShop(false);
  const context = await browser.newContext({ proxy: { server: egress.url } });
  try {
    egress.allow([shop.host, shop.host.replace("127.0.0.1", "localhost")]);
    const page = await context.newPage();
    for (const url of [shop.url, shop.url.replace("127.0.0.1", "localhost")]) {
      const response = await page.goto(url);
      assert.ok([403, 502].includes(response?.status() ?? 0), url);
    }
  } finally {
    await context.close();
    await egress.close();
    shop.close();
  }
});
