import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { after } from "node:test";
import type { FrameLocator, Page } from "playwright-core";
import type Stripe from "stripe";

import { launchChromium } from "../../../../test/e2e/chromium.ts";
import { startSandbox } from "../../start-sandbox.ts";
import { openSdk } from "../../stripe/test/open-sdk.ts";

export type TestShop = {
  readonly stripe: Stripe;
  readonly sandboxUrl: string;
  /**
   * A page of a shop of another origin, under a policy as strict as a real one: `script` runs in it once Stripe.js has
   * loaded, and it has `stripe` and `#payment`, `#express` and `#log` at hand.
   */
  open(script: string, options?: ShopOptions): Promise<Page>;
};
export type ShopOptions = { readonly widthPx?: number; readonly libraries?: string };

export const frameTitles = {
  card: "Secure payment input frame",
  express: "Secure express checkout frame",
  challenge: "3D Secure authentication",
} as const;

export async function openTestShop(): Promise<TestShop> {
  const sandbox = await startSandbox({ port: 0, dataFile: ":memory:", appUrl: "http://127.0.0.1:9" });
  const pages = new Map<string, string>();
  const shop = createServer((request, response) => {
    const policy = [
      "default-src 'none'",
      `script-src 'nonce-n' ${sandbox.url}`,
      `frame-src ${sandbox.url}`,
      `connect-src ${sandbox.url}`,
      "style-src 'nonce-n'",
      "base-uri 'none'",
    ].join("; ");
    response.setHeader("content-type", "text/html; charset=utf-8").setHeader("content-security-policy", policy);
    response.end(pages.get(request.url ?? "") ?? "");
  });
  shop.listen(0, "127.0.0.1");
  await once(shop, "listening");
  const browser = await launchChromium();
  after(async () => {
    await browser.close();
    shop.closeAllConnections();
    shop.close();
    await sandbox.close();
  });

  return {
    stripe: openSdk(sandbox.port),
    sandboxUrl: sandbox.url,
    async open(script, { widthPx = 1280, libraries = "" } = {}) {
      const path = `/${pages.size}`;
      pages.set(path, drawShop(sandbox.url, libraries, script));
      const page = await browser.newPage({ viewport: { width: widthPx, height: 900 }, locale: "en-US" });
      page.setDefaultTimeout(10_000);
      page.on("pageerror", (error) => process.stderr.write(`in the shop's page: ${error.message}\n`));
      await page.goto(`http://127.0.0.1:${(shop.address() as AddressInfo).port}${path}`);
      return page;
    },
  };
}

export function cardFrame(page: Page): FrameLocator {
  return page.frameLocator(`iframe[title="${frameTitles.card}"]`);
}

export async function typeCard(page: Page, number: string): Promise<void> {
  const frame = cardFrame(page);
  await frame.getByLabel("Card number").pressSequentially(number);
  await frame.getByLabel("Expiration date").pressSequentially("1234");
  await frame.getByLabel("Security code").pressSequentially("123");
  await frame.getByLabel("ZIP code").fill("94107");
}

/** React and Stripe's own wrapper of it, as they lie in node_modules, for a page without a bundler. */
export function reactLibraries(): string {
  const modules = resolve(import.meta.dirname, "../../../../node_modules");
  const files = [
    ["react", "react/cjs/react.production.js"],
    ["scheduler", "scheduler/cjs/scheduler.production.js"],
    ["react-dom", "react-dom/cjs/react-dom.production.js"],
    ["react-dom/client", "react-dom/cjs/react-dom-client.production.js"],
    ["prop-types", "prop-types/prop-types.min.js"],
    ["@stripe/react-stripe-js", "@stripe/react-stripe-js/dist/react-stripe.js"],
  ] as const;
  const define = files.map(([name, path]) => {
    const source = readFileSync(join(modules, path), "utf8");
    return `define(${JSON.stringify(name)}, (require, exports, module) => {\n${source}\n});`;
  });
  return `
    const process = { env: { NODE_ENV: "production" } };
    const loaded = {};
    const require = (name) => loaded[name];
    const define = (name, body) => {
      const module = { exports: {} };
      body(require, module.exports, module);
      loaded[name] = module.exports;
    };
    ${define.join("\n")}`;
}

function drawShop(sandboxUrl: string, libraries: string, script: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>A shop</title>
<label>E-mail <input id="email"></label>
<div id="express"></div><form id="form"><div id="payment"></div><button>Pay</button></form><pre id="log"></pre>
<script src="${sandboxUrl}/endive/stripe.js"></script>
<script nonce="n">${libraries.replaceAll("</script", "<\\/script")}
  const log = (...said) => { document.querySelector("#log").textContent += said.map(String).join(" ") + "\\n"; };
  const stripe = Stripe("pk_test_muse_sandbox");
  ${script}
</script></html>`;
}
