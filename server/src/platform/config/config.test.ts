import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, test } from "node:test";
import { ConfigError, readConfig, type Environment } from "./config.ts";

const dataDir = mkdtempSync(join(tmpdir(), "muse-config-"));
after(() => rmSync(dataDir, { recursive: true }));
const read = (env: Environment = {}) => readConfig({ MUSE_DATA: dataDir, ...env });

const live = {
  STRIPE_LIVE_MODE: "true",
  STRIPE_SECRET_KEY: "sk_live_abc",
  STRIPE_PUBLISHABLE_KEY: "pk_live_abc",
  STRIPE_WEBHOOK_SECRET: "whsec_abc",
  TOSS_SECRET_KEY: "live_sk_abc",
  TOSS_CLIENT_KEY: "live_ck_abc",
  SMTP_URL: "smtps://muse:secret@mail.example.com:465",
  MAIL_FROM: "Muse <orders@shop.example.com>",
};

test("without any variable the sandbox is used, on the documented ports", () => {
  const config = read();
  assert.equal(config.port, 3000);
  assert.equal(config.apiPort, 4000);
  assert.equal(config.appUrl, "http://localhost:3000");
  assert.equal(config.databaseUrl, null);
  assert.equal(config.providers.isSandbox, true);
  assert.deepEqual(config.providers.stripe, {
    secretKey: "sk_test_muse_sandbox",
    publishableKey: "pk_test_muse_sandbox",
    webhookSecret: "whsec_muse_sandbox",
    apiBase: "http://127.0.0.1:4100",
    isLive: false,
  });
  assert.equal(config.providers.toss.apiBase, "http://127.0.0.1:4100");
  assert.deepEqual(config.mail, { smtpUrl: null, from: "Muse <orders@muse.test>" });
});

test("the sandbox moves with its port, and an empty variable is none", () => {
  assert.equal(read({ SANDBOX_PORT: "4999", STRIPE_SECRET_KEY: "" }).providers.stripe.apiBase, "http://127.0.0.1:4999");
});

test("test keys of one's own go to the provider itself", () => {
  const { providers } = read({
    STRIPE_SECRET_KEY: "sk_test_mine",
    STRIPE_PUBLISHABLE_KEY: "pk_test_mine",
    TOSS_SECRET_KEY: "test_sk_mine",
  });
  assert.equal(providers.stripe.apiBase, null);
  assert.equal(providers.toss.apiBase, "https://api.tosspayments.com");
  assert.equal(providers.isSandbox, false);
});

test("live mode takes live keys and reaches nothing of the sandbox", () => {
  const { providers } = read(live);
  assert.equal(providers.isSandbox, false);
  assert.equal(providers.sandboxUrl, null);
  assert.equal(providers.stripe.apiBase, null);
  assert.equal(providers.stripe.isLive, true);
});

const wrong: [string, Environment, RegExp][] = [
  ["a test key in live mode", { ...live, STRIPE_SECRET_KEY: "sk_test_abc" }, /STRIPE_SECRET_KEY must be a live key/],
  ["a test Toss key in live mode", { ...live, TOSS_SECRET_KEY: "test_sk_abc" }, /TOSS_SECRET_KEY must be a live key/],
  ["the sandbox in live mode", { ...live, STRIPE_API_BASE: "http://127.0.0.1:4100" }, /STRIPE_API_BASE/],
  ["another machine in the clear in live mode", { ...live, TOSS_API_BASE: "http://toss.example.com" }, /TOSS_API_BASE/],
  [
    "the sandbox's webhook secret in live mode",
    { ...live, STRIPE_WEBHOOK_SECRET: "whsec_muse_sandbox" },
    /STRIPE_WEBHOOK_SECRET/,
  ],
  ["a missing key in live mode", { STRIPE_LIVE_MODE: "true" }, /STRIPE_SECRET_KEY.*must be set/],
  ["a live key without live mode", { STRIPE_SECRET_KEY: "sk_live_abc" }, /STRIPE_LIVE_MODE/],
  ["a live Toss key without live mode", { TOSS_SECRET_KEY: "live_gsk_abc" }, /TOSS_SECRET_KEY is a live key/],
  ["a port that is none", { API_PORT: "70000" }, /API_PORT/],
  ["a port that is a word", { PORT: "http" }, /PORT must be a port number/],
  ["a database of another kind", { DATABASE_URL: "mysql://x" }, /DATABASE_URL must look like postgres/],
  ["a short secret", { AUTH_SECRET: "short" }, /AUTH_SECRET must be at least 32/],
  ["a master key of the wrong length", { MUSE_MASTER_KEY: "abc" }, /MUSE_MASTER_KEY must be 32 bytes/],
  ["no secret in production", { NODE_ENV: "production" }, /AUTH_SECRET is missing/],
  ["no mail server in live mode", { ...live, SMTP_URL: "" }, /SMTP_URL and MAIL_FROM must be set/],
  ["no sender in live mode", { ...live, MAIL_FROM: "" }, /SMTP_URL and MAIL_FROM must be set/],
  ["a sender with a second header", { MAIL_FROM: "Muse\r\nBcc: a@b.co <c@d.co>" }, /MAIL_FROM must look like/],
  ["a flag that is neither", { STRIPE_LIVE_MODE: "yes" }, /STRIPE_LIVE_MODE must be true or false/],
];
for (const [what, env, expected] of wrong) {
  test(`${what} is refused by name`, () => {
    assert.throws(
      () => read(env),
      (error: unknown) => {
        assert.ok(error instanceof ConfigError);
        assert.match(error.message, expected);
        return true;
      },
    );
  });
}

test("every wrong variable is named at once, and no value is repeated", () => {
  assert.throws(
    () => read({ PORT: "x", STRIPE_SECRET_KEY: "oops_my_secret", LOG_LEVEL: "loud" }),
    (error: unknown) => {
      assert.ok(error instanceof ConfigError);
      for (const name of ["PORT", "STRIPE_SECRET_KEY", "LOG_LEVEL"]) assert.match(error.message, new RegExp(name));
      assert.doesNotMatch(error.message, /oops_my_secret|loud/);
      return true;
    },
  );
});

test("a developer's secret is made once, kept, and nobody else may read it", () => {
  const first = read().authSecret;
  assert.ok(first.length >= 32);
  assert.equal(read().authSecret, first);
  assert.equal(statSync(join(dataDir, "auth-secret")).mode & 0o777, 0o600);
  assert.equal(read({ BETTER_AUTH_SECRET: "b".repeat(32) }).authSecret, "b".repeat(32));
  assert.equal(read({ AUTH_SECRET: "a".repeat(32), BETTER_AUTH_SECRET: "b".repeat(32) }).authSecret, "a".repeat(32));
});

test(".env.example names every variable with a comment, and nothing else", () => {
  const example = readFileSync(resolve(import.meta.dirname, "../../../../.env.example"), "utf8");
  const own = readFileSync(join(import.meta.dirname, "variables.ts"), "utf8");
  const ofTheShop = readFileSync(resolve(import.meta.dirname, "../../../../web/src/config.ts"), "utf8");
  const read = [
    ...[...own.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name),
    ...[...ofTheShop.matchAll(/given\("([A-Z][A-Z_]+)"\)/g)].map(([, name]) => name),
  ];
  const named = [...example.matchAll(/^#?\s?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name);
  assert.ok(read.length > 20);
  assert.deepEqual(new Set(named), new Set(read));
  for (const block of example.trim().split(/\n\n+/)) assert.match(block, /^# (?![A-Z_]+=)\S/, block);
});

test("production is strict by itself, development is not, and each can be told otherwise", () => {
  const strictness = (env: Environment) => {
    const { rateLimitFactor, isTwoFactorRequired } = read(env);
    return [rateLimitFactor, isTwoFactorRequired];
  };
  const production = { NODE_ENV: "production", AUTH_SECRET: "s".repeat(32) };
  assert.deepEqual(strictness({}), [100, false]);
  assert.deepEqual(strictness(production), [1, true]);
  assert.deepEqual(strictness({ RATE_LIMIT_FACTOR: "0", REQUIRE_TWO_FACTOR: "true" }), [0, true]);
  assert.deepEqual(strictness({ ...production, RATE_LIMIT_FACTOR: "2.5", REQUIRE_TWO_FACTOR: "false" }), [2.5, false]);
  assert.throws(() => read({ RATE_LIMIT_FACTOR: "-1" }), ConfigError);
  assert.throws(() => read({ REQUIRE_TWO_FACTOR: "yes" }), ConfigError);
});
