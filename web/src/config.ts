/** What the shop's server is told from outside, read here alone. Every variable has its comment in `.env.example`. */
export type WebConfig = {
  /** Where people open the shop, without a slash at the end. */
  readonly appUrl: string;
  /** Where this server reaches the API, without a slash at the end. */
  readonly apiUrl: string;
  readonly stripePublishableKey: string;
  /** The provider's script, which the checkout's page loads. */
  readonly stripeJsUrl: string;
  readonly tossClientKey: string;
  /** The script of the widget that won are paid with. */
  readonly tossJsUrl: string;
  /** The origins of product pictures besides the shop's own. */
  readonly pictureOrigins: readonly string[];
  /** The origins that the provider's script, its frames and its calls come from and go to. */
  readonly paymentOrigins: readonly string[];
  readonly hasHttps: boolean;
  /** Whether payments are simulated: every page says so. */
  readonly isSandbox: boolean;
  readonly isDevelopment: boolean;
};

type Environment = Readonly<Record<string, string | undefined>>;

/** The script that the installed @stripe/stripe-js is made for, and the origins that Stripe asks to be allowed. */
const stripeScript = "https://js.stripe.com/endive/stripe.js";
const stripeOrigins = [
  "https://js.stripe.com",
  "https://*.js.stripe.com",
  "https://api.stripe.com",
  "https://hooks.stripe.com",
];

/** Version 2 of TossPayments' SDK, and the origins that its frames and windows come from. */
const tossScript = "https://js.tosspayments.com/v2/standard";
const tossOrigins = ["https://js.tosspayments.com", "https://*.tosspayments.com"];

let read: WebConfig | undefined;

/** Read at the first request, not when the module is loaded: a build has no environment worth reading. */
export function webConfig(): WebConfig {
  read ??= readWebConfig(process.env);
  return read;
}

/**
 * @throws Error that names the variable which is no web address
 */
export function readWebConfig(environment: Environment): WebConfig {
  const given = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const sandboxUrl = `http://127.0.0.1:${given("SANDBOX_PORT") ?? "4100"}`;
  const isSandbox = given("STRIPE_SECRET_KEY") === undefined && given("STRIPE_LIVE_MODE") !== "true";
  const [stripeKey, tossKey] = publicKeys(given);
  const appUrl = address("APP_URL", given("APP_URL") ?? `http://localhost:${given("PORT") ?? "3000"}`);
  const apiUrl = address("API_URL", given("API_URL") ?? `http://127.0.0.1:${given("API_PORT") ?? "4000"}`);
  const ownScript = isSandbox ? `${sandboxUrl}/v3/` : stripeScript;
  const stripeJsUrl = address("STRIPE_JS_URL", given("STRIPE_JS_URL") ?? ownScript);
  const tossJsUrl = tossScriptUrl(given, sandboxUrl);
  return {
    appUrl: withoutSlash(appUrl),
    apiUrl: withoutSlash(apiUrl),
    stripePublishableKey: stripeKey,
    stripeJsUrl,
    tossClientKey: tossKey,
    tossJsUrl,
    pictureOrigins: pictureOriginsOf(given("PICTURE_ORIGINS") ?? (isSandbox ? sandboxUrl : "")),
    paymentOrigins: [...new Set([stripeJsUrl, tossJsUrl].flatMap((url) => paymentOriginsOf(new URL(url).origin)))],
    hasHttps: appUrl.startsWith("https://"),
    isSandbox,
    isDevelopment: given("NODE_ENV") === "development",
  };
}

function publicKeys(given: (name: string) => string | undefined): readonly [string, string] {
  return [
    given("STRIPE_PUBLISHABLE_KEY") ?? "pk_test_muse_sandbox",
    given("TOSS_CLIENT_KEY") ?? "test_ck_muse_sandbox",
  ];
}

function tossScriptUrl(given: (name: string) => string | undefined, sandboxUrl: string): string {
  const isSandbox = given("TOSS_SECRET_KEY") === undefined && given("STRIPE_LIVE_MODE") !== "true";
  const ownScript = isSandbox ? `${sandboxUrl}/v2/standard` : tossScript;
  return address("TOSS_JS_URL", given("TOSS_JS_URL") ?? ownScript);
}

function pictureOriginsOf(list: string): string[] {
  const texts = list.split(/\s+/).filter((text) => text !== "");
  return texts.map((text) => new URL(address("PICTURE_ORIGINS", text)).origin);
}

function paymentOriginsOf(scriptOrigin: string): readonly string[] {
  const known = [stripeOrigins, tossOrigins].find((origins) => origins.includes(scriptOrigin));
  return known ?? [scriptOrigin];
}

function address(name: string, text: string): string {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) {
    throw new Error(`${name} must be a web address such as https://shop.example.com; see .env.example.`);
  }
  return text;
}

function withoutSlash(text: string): string {
  return text.replace(/\/+$/, "");
}
