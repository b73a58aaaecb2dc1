import type { Settled, Variables } from "./variables.ts";

export type Providers = {
  /** Whether any of the outside is simulated: said aloud at start and shown on every page. */
  readonly isSandbox: boolean;
  readonly stripe: {
    readonly secretKey: string;
    readonly publishableKey: string;
    readonly webhookSecret: string;
    /** Null: Stripe's own. */
    readonly apiBase: string | null;
    readonly isLive: boolean;
  };
  readonly toss: { readonly secretKey: string; readonly clientKey: string; readonly apiBase: string };
  /** Where the simulators are, or null when nothing of them may be reached. */
  readonly sandboxUrl: string | null;
};

const tossBase = "https://api.tosspayments.com";

/**
 * Which payment providers are talked to. Without a key of one, its part of the sandbox is used; in live mode nothing of
 * the sandbox is reachable, and everything that would be a test is refused here, before the first shopper comes.
 */
export function providersFrom(env: Variables): Settled<Providers> {
  const sandboxUrl = `http://127.0.0.1:${env.SANDBOX_PORT}`;
  if (env.STRIPE_LIVE_MODE) return live(env, sandboxUrl);
  if (env.STRIPE_SECRET_KEY?.includes("_live_") === true) {
    return {
      complaint: "STRIPE_SECRET_KEY is a live key but STRIPE_LIVE_MODE is not true: set it, or use a test key.",
    };
  }
  if (env.TOSS_SECRET_KEY?.startsWith("live_") === true) {
    return {
      complaint: "TOSS_SECRET_KEY is a live key but STRIPE_LIVE_MODE is not true: set it, or use a test key.",
    };
  }
  if (env.STRIPE_SECRET_KEY !== undefined && env.STRIPE_PUBLISHABLE_KEY === undefined) {
    return { complaint: "STRIPE_PUBLISHABLE_KEY is missing beside STRIPE_SECRET_KEY." };
  }
  const isSandbox = env.STRIPE_SECRET_KEY === undefined || env.TOSS_SECRET_KEY === undefined;
  return { value: { isSandbox, sandboxUrl, stripe: testStripe(env, sandboxUrl), toss: testToss(env, sandboxUrl) } };
}

function testStripe(env: Variables, sandboxUrl: string): Providers["stripe"] {
  return {
    secretKey: env.STRIPE_SECRET_KEY ?? "sk_test_muse_sandbox",
    publishableKey: env.STRIPE_PUBLISHABLE_KEY ?? "pk_test_muse_sandbox",
    webhookSecret: env.STRIPE_WEBHOOK_SECRET ?? "whsec_muse_sandbox",
    apiBase: env.STRIPE_API_BASE ?? (env.STRIPE_SECRET_KEY === undefined ? sandboxUrl : null),
    isLive: false,
  };
}

function testToss(env: Variables, sandboxUrl: string): Providers["toss"] {
  return {
    secretKey: env.TOSS_SECRET_KEY ?? "test_sk_muse_sandbox",
    clientKey: env.TOSS_CLIENT_KEY ?? "test_ck_muse_sandbox",
    apiBase: env.TOSS_API_BASE ?? (env.TOSS_SECRET_KEY === undefined ? sandboxUrl : tossBase),
  };
}

function live(env: Variables, sandboxUrl: string): Settled<Providers> {
  const {
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_PUBLISHABLE_KEY: publishableKey,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
  } = env;
  const { TOSS_SECRET_KEY: tossSecretKey, TOSS_CLIENT_KEY: tossClientKey } = env;
  if (secretKey === undefined || publishableKey === undefined || webhookSecret === undefined) {
    return missing("STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY and STRIPE_WEBHOOK_SECRET");
  }
  if (tossSecretKey === undefined || tossClientKey === undefined) return missing("TOSS_SECRET_KEY and TOSS_CLIENT_KEY");
  const tests = Object.entries({ STRIPE_SECRET_KEY: secretKey, STRIPE_PUBLISHABLE_KEY: publishableKey })
    .filter(([, key]) => !key.includes("_live_"))
    .concat(
      Object.entries({ TOSS_SECRET_KEY: tossSecretKey, TOSS_CLIENT_KEY: tossClientKey }).filter(
        ([, key]) => !key.startsWith("live_"),
      ),
    );
  const [test] = tests;
  if (test !== undefined)
    return { complaint: `STRIPE_LIVE_MODE is true, so ${test[0]} must be a live key, not a test key.` };
  if (webhookSecret === "whsec_muse_sandbox") {
    return { complaint: "STRIPE_LIVE_MODE is true, so STRIPE_WEBHOOK_SECRET must not be the sandbox's." };
  }
  const bases = { STRIPE_API_BASE: env.STRIPE_API_BASE, TOSS_API_BASE: env.TOSS_API_BASE };
  const near = Object.entries(bases).find(([, base]) => base !== undefined && isNotReal(base, sandboxUrl));
  if (near !== undefined) {
    return {
      complaint: `STRIPE_LIVE_MODE is true, so ${near[0]} must be the provider's own address (https) or be left out.`,
    };
  }
  return {
    value: {
      isSandbox: false,
      sandboxUrl: null,
      stripe: { secretKey, publishableKey, webhookSecret, apiBase: env.STRIPE_API_BASE ?? null, isLive: true },
      toss: { secretKey: tossSecretKey, clientKey: tossClientKey, apiBase: env.TOSS_API_BASE ?? tossBase },
    },
  };
}

function missing(names: string): { complaint: string } {
  return { complaint: `STRIPE_LIVE_MODE is true, so ${names} must be set.` };
}

/** A live key must never travel to a simulator, nor in the clear. */
function isNotReal(base: string, sandboxUrl: string): boolean {
  const { protocol, hostname, origin } = new URL(base);
  return protocol !== "https:" || origin === sandboxUrl || /^(localhost|127\.|\[::1\]|0\.0\.0\.0)/.test(hostname);
}
