import { z } from "zod";

/** A part of the configuration, or what is wrong with it. */
export type Settled<Value> = { readonly value: Value } | { readonly complaint: string };

const port = z.coerce.number("must be a port number, 0 to 65535").int().min(0).max(65_535);
const flag = z.enum(["true", "false"], "must be true or false").transform((text) => text === "true");
const webUrl = z.url({ protocol: /^https?$/, error: "must be a web address such as https://shop.example.com" });

const MasterKeyText = z
  .string()
  .refine((text) => Buffer.from(text, "base64").length === 32, "must be 32 bytes in base64 (openssl rand -base64 32)");

/** Every variable the server reads, each with the rule it must meet. An empty one counts as left out. */
export const Variables = z.object({
  NODE_ENV: z.string().default("development"),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: "must look like postgres://user:password@host:5432/name" })
    .optional(),
  DATABASE_CONNECTION_MAX: z.coerce.number("must be a whole number, 2 to 200").int().min(2).max(200).default(16),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: "must look like redis://host:6379" }).optional(),
  APP_URL: webUrl.optional(),
  PORT: port.default(3000),
  API_PORT: port.default(4000),
  API_HOST: z.string().default("127.0.0.1"),
  SANDBOX_PORT: port.default(4100),
  MUSE_DATA: z.string().default(".muse"),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_(test|live)_\w+$/, "must be a Stripe secret key (sk_test_… or sk_live_…)")
    .optional(),
  STRIPE_PUBLISHABLE_KEY: z
    .string()
    .regex(/^pk_(test|live)_\w+$/, "must be a Stripe publishable key (pk_…)")
    .optional(),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_\w+/, "must be a webhook signing secret (whsec_…)")
    .optional(),
  STRIPE_API_BASE: webUrl.optional(),
  STRIPE_LIVE_MODE: flag.default(false),
  TOSS_SECRET_KEY: z
    .string()
    .regex(/^(test|live)_g?sk_\w+$/, "must be a TossPayments secret key (test_sk_… or live_sk_…)")
    .optional(),
  TOSS_CLIENT_KEY: z
    .string()
    .regex(/^(test|live)_g?ck_\w+$/, "must be a TossPayments client key (test_ck_… or live_ck_…)")
    .optional(),
  TOSS_API_BASE: webUrl.optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: "must look like smtp://user:password@host:587" }).optional(),
  MAIL_FROM: z
    .string()
    .trim()
    .regex(
      /^(?:[^<>\r\n"]{1,100}<[^<>\s@]+@[^<>\s@]+>|[^<>\s@]+@[^<>\s@]+)$/,
      "must look like Muse <orders@shop.example.com>",
    )
    .optional(),
  MUSE_MASTER_KEY: MasterKeyText.optional(),
  MUSE_OTHER_MASTER_KEY: MasterKeyText.optional(),
  AUTH_SECRET: z.string().min(32, "must be at least 32 characters (openssl rand -base64 32)").optional(),
  BETTER_AUTH_SECRET: z.string().min(32, "must be at least 32 characters (openssl rand -base64 32)").optional(),
  S3_ENDPOINT: webUrl.optional(),
  S3_BUCKET: z.string().optional(),
  S3_REGION: z.string().default("us-east-1"),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  MUSE_FILES: z.string().optional(),
  FILE_SCANNER: z.string().optional(),
  CHROMIUM_PATH: z.string().optional(),
  MUSE_BROWSERS_MAX: z.coerce.number("must be a whole number, 0 to 16").int().min(0).max(16).default(1),
  MUSE_EVIDENCE: z.string().optional(),
  MUSE_PROFILES: z.string().optional(),
  FAILPOINTS: z.string().optional(),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"], "must be debug, info, warn, error or silent")
    .default("info"),
  WORKER_PORT: port.optional(),
  ORDERS_EMAIL: z.email("must be an e-mail address").default("orders@muse.test"),
  TRUST_PROXY: flag.default(false),
  RATE_LIMIT_FACTOR: z.coerce.number("must be a number such as 1, or 0 for no limits").min(0).max(10_000).optional(),
  REQUIRE_TWO_FACTOR: flag.optional(),
});

export type Variables = z.output<typeof Variables>;
