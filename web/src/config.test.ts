import assert from "node:assert/strict";
import { test } from "node:test";
import { readWebConfig } from "./config.ts";

test("without any variable the shop stands before the sandbox, on the documented ports", () => {
  const config = readWebConfig({});
  assert.equal(config.appUrl, "http://localhost:3000");
  assert.equal(config.apiUrl, "http://127.0.0.1:4000");
  assert.equal(config.stripeJsUrl, "http://127.0.0.1:4100/v3/");
  assert.equal(config.tossJsUrl, "http://127.0.0.1:4100/v2/standard");
  assert.deepEqual(config.pictureOrigins, ["http://127.0.0.1:4100"]);
  assert.deepEqual(config.paymentOrigins, ["http://127.0.0.1:4100"]);
  assert.equal(config.isSandbox, true);
});

test("with a provider's key nothing of the sandbox may be loaded", () => {
  const config = readWebConfig({
    STRIPE_SECRET_KEY: "sk_live_x",
    TOSS_SECRET_KEY: "live_sk_x",
    PICTURE_ORIGINS: "https://a.example/x https://b.example",
  });
  assert.match(config.stripeJsUrl, /^https:\/\/js\.stripe\.com\//);
  assert.equal(config.tossJsUrl, "https://js.tosspayments.com/v2/standard");
  assert.ok(config.paymentOrigins.includes("https://api.stripe.com"));
  assert.ok(config.paymentOrigins.includes("https://*.tosspayments.com"));
  assert.deepEqual(config.pictureOrigins, ["https://a.example", "https://b.example"]);
  assert.doesNotMatch(JSON.stringify(config), /127\.0\.0\.1:4100/);
});

test("what is no web address is named", () => {
  assert.throws(() => readWebConfig({ API_URL: "api:4000" }), /API_URL must be a web address/);
  assert.throws(() => readWebConfig({ PICTURE_ORIGINS: "cdn" }), /PICTURE_ORIGINS/);
});
