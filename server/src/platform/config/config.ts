import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { z } from "zod";
import { authSecretFrom } from "./auth-secret.ts";
import { filesFrom, type FilesConfig } from "./files.ts";
import { mailFrom, type Mail } from "./mail.ts";
import { providersFrom, type Providers } from "./providers.ts";
import { Variables, type Settled } from "./variables.ts";

/** What the server's programs are told from outside. Every variable has its comment in `.env.example`. */
export type Config = {
  /** Null: the embedded server in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly databaseConnectionMax: number;
  readonly redisUrl: string | null;
  readonly appUrl: string;
  readonly port: number;
  readonly apiPort: number;
  readonly apiHost: string;
  readonly sandboxPort: number;
  readonly dataDir: string;
  readonly providers: Providers;
  readonly mail: Mail;
  /** 32 bytes that stored credentials are encrypted with; null where none may be stored. */
  readonly masterKey: Buffer | null;
  /** While keys are being changed: the one before, or the next. Opens what it wrapped and wraps nothing. */
  readonly otherMasterKey: Buffer | null;
  readonly authSecret: string;
  readonly chromiumPath: string | null;
  readonly browsing: BrowsingConfig;
  readonly files: FilesConfig;
  readonly logLevel: "debug" | "info" | "warn" | "error" | "silent";
  /** Where a worker answers health and metrics; null: nowhere. */
  readonly workerPort: number | null;
  /** Given to stores that want an address and a shopper who gave none. */
  readonly ordersEmail: string;
  readonly isProxyTrusted: boolean;
  /** All rate limits times this; 0: none. */
  readonly rateLimitFactor: number;
  /** Whether ops and admin routes demand a session with a second factor. */
  readonly isTwoFactorRequired: boolean;
  readonly isProduction: boolean;
};

/** How web shops are ordered from. */
export type BrowsingConfig = {
  /** Browsers at once in one worker; 0: this one orders from no web shop. */
  readonly browsersMax: number;
  /** Where what they saw is kept: workers write it, the API shows it. */
  readonly evidenceFolder: string;
  /** Where each process's browsers have their profiles, while they run. */
  readonly profilesFolder: string;
  /** Where tests say at which point this process is to die; null outside of them. */
  readonly failpointsFolder: string | null;
};

/** A setting that is missing or wrong, said so that whoever starts the program can put it right. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Libraries that are loaded from here on are those for production, wherever Muse itself runs. Its own mode has to be
 * read before.
 */
export function haveLibrariesForProduction(): void {
  process.env["NODE_ENV"] = "production";
}

/**
 * Reads and checks the environment, all of it at once and before anything is opened.
 *
 * @throws ConfigError that names each variable that is wrong
 */
export function readConfig(environment: Environment = process.env): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim() !== ""));
  const read = Variables.safeParse(given);
  if (!read.success) throw new ConfigError(complaints(read.error));
  const env = read.data;
  const isProduction = env.NODE_ENV === "production";
  const appUrl = env.APP_URL ?? `http://localhost:${env.PORT}`;
  return {
    databaseUrl: env.DATABASE_URL ?? null,
    databaseConnectionMax: env.DATABASE_CONNECTION_MAX,
    redisUrl: env.REDIS_URL ?? null,
    appUrl: appUrl.replace(/\/+$/, ""),
    port: env.PORT,
    apiPort: env.API_PORT,
    apiHost: env.API_HOST,
    sandboxPort: env.SANDBOX_PORT,
    dataDir: env.MUSE_DATA,
    providers: settled(providersFrom(env)),
    mail: settled(mailFrom(env)),
    masterKey: keyIn(env.MUSE_MASTER_KEY),
    otherMasterKey: keyIn(env.MUSE_OTHER_MASTER_KEY),
    authSecret: settled(authSecretFrom(env.AUTH_SECRET ?? env.BETTER_AUTH_SECRET, env.MUSE_DATA, isProduction)),
    chromiumPath: env.CHROMIUM_PATH ?? null,
    browsing: browsingFrom(env, isProduction),
    files: settled(filesFrom(env)),
    logLevel: env.LOG_LEVEL,
    workerPort: env.WORKER_PORT ?? null,
    ordersEmail: env.ORDERS_EMAIL,
    isProxyTrusted: env.TRUST_PROXY,
    ...strictnessOf(env, isProduction),
    isProduction,
  };
}

function browsingFrom(env: Variables, isProduction: boolean): BrowsingConfig {
  return {
    browsersMax: env.MUSE_BROWSERS_MAX,
    evidenceFolder: resolve(env.MUSE_EVIDENCE ?? join(env.MUSE_DATA, "evidence")),
    // Not beside the data, which nobody but its owner can get into: the browser's own user has to.
    profilesFolder: resolve(env.MUSE_PROFILES ?? join(tmpdir(), "muse-profiles")),
    failpointsFolder: isProduction ? null : (env.FAILPOINTS ?? null),
  };
}

function keyIn(text: string | undefined): Buffer | null {
  return text === undefined ? null : Buffer.from(text, "base64");
}

/** What protects a shop and is in the way of whoever builds it. */
function strictnessOf(env: Variables, isProduction: boolean): Pick<Config, "rateLimitFactor" | "isTwoFactorRequired"> {
  return {
    // On a developer's machine one account tries a hundred cards in an afternoon, and that is its work.
    rateLimitFactor: env.RATE_LIMIT_FACTOR ?? (isProduction ? 1 : 100),
    isTwoFactorRequired: env.REQUIRE_TWO_FACTOR ?? isProduction,
  };
}

function settled<Value>(part: Settled<Value>): Value {
  if ("complaint" in part) throw new ConfigError(part.complaint);
  return part.value;
}

/** Names and rules, never values: a mistyped secret is still half a secret. */
function complaints(error: z.ZodError): string {
  const lines = error.issues.map(({ path, message }) => `  ${String(path[0])} ${message}`);
  return `The configuration is not valid:\n${lines.join("\n")}\nSee .env.example for what each variable means.`;
}
