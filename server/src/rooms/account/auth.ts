import { randomUUID } from "node:crypto";
import { betterAuth, type BetterAuthOptions } from "better-auth";
import { anonymous } from "better-auth/plugins/anonymous";
import { bearer } from "better-auth/plugins/bearer";
import { twoFactor } from "better-auth/plugins/two-factor";
import { PostgresDialect } from "kysely";
import { systemClock } from "#kernel/clock.ts";
import { newId } from "#kernel/ids.ts";
import type { Pool } from "#platform/db/pool.ts";
import type { Log } from "#platform/log/log.ts";
import { anonymousEmailDomain } from "./create-anonymous.ts";
import { mergeAccount, type OnAccountMerged } from "./merge-account.ts";
import { sessionLastsS } from "./session-cookie.ts";
import { signInLinks, type OnSignInLink } from "./sign-in-link.ts";

export type AuthDeps = {
  readonly pool: Pool;
  readonly secret: string;
  /** Where people open Muse: its origin decides over secure cookies and is the one that may sign people in. */
  readonly appUrl: string;
  /** Further origins that may: the API's own, and on a developer's machine its other names. */
  readonly trustedOrigins: readonly string[];
  readonly onAccountMerged: OnAccountMerged;
  readonly onSignInLink: OnSignInLink;
  readonly log: Log;
};

/** better-auth as far as the room needs it: it answers web requests under /api/auth. */
export type Auth = { readonly handler: (request: Request) => Promise<Response> };

/** The header in which the room tells better-auth the caller's address. What a caller sends in it is overwritten. */
export const clientIpHeader = "x-muse-client-ip";

export const passwordLengthMin = 8;
export const passwordLengthMax = 128;

/** Sign-in, sign-up and sessions on the tables of migration 0002. */
export function openAuth(deps: AuthDeps): Auth {
  return betterAuth(authOptions(deps));
}

/** What better-auth is told; apart, so that a test can hold its tables against the migration. */
export function authOptions(deps: AuthDeps) {
  return {
    appName: "Muse",
    baseURL: deps.appUrl,
    basePath: "/api/auth",
    secret: deps.secret,
    trustedOrigins: [...deps.trustedOrigins],
    database: {
      dialect: new PostgresDialect({ pool: deps.pool }),
      type: "postgres",
      schemaName: "account",
      transaction: true,
    },
    ...tables,
    emailAndPassword: {
      enabled: true,
      minPasswordLength: passwordLengthMin,
      maxPasswordLength: passwordLengthMax,
    },
    // The second factor first: until it is shown nobody has signed in, so the others have nothing to do yet.
    plugins: [secondFactor(), bearer(), anonymousVisitors(deps), signInLinks(deps.onSignInLink)],
    databaseHooks: { session: { create: { before: markSecondFactor } } },
    // The room counts attempts itself: in one statement, across processes, and by e-mail as well as by address.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: "muse",
      useSecureCookies: deps.appUrl.startsWith("https://"),
      ipAddress: { ipAddressHeaders: [clientIpHeader] },
      database: { generateId: ({ model }) => (model === "user" ? newId("acc") : randomUUID()) },
    },
    telemetry: { enabled: false },
    // What is a bug goes to our own error handler; better-auth would write it to the console, with all it holds.
    onAPIError: { throw: true },
    logger: {
      // Its warnings are people mistyping passwords. Their arguments may hold anything and are not looked at.
      log: (level, message) => {
        if (level === "error") deps.log.warn("auth.library", { reason: message });
      },
    },
  } satisfies BetterAuthOptions;
}

/** Six digits of an authenticator app, or a backup code. The library locks an account after ten wrong ones in a row. */
function secondFactor() {
  return twoFactor({
    issuer: "Muse",
    schema: {
      user: { fields: { twoFactorEnabled: "two_factor_enabled" } },
      twoFactor: {
        modelName: "two_factor",
        fields: {
          backupCodes: "backup_codes",
          userId: "user_id",
          failedVerificationCount: "failed_verification_count",
          lockedUntil: "locked_until",
        },
      },
    },
  });
}

const secondFactorPaths = new Set(["/two-factor/verify-totp", "/two-factor/verify-backup-code"]);

/** A session that begins with a second factor says so; of no other can it be said later. */
async function markSecondFactor(session: Record<string, unknown>, context: { readonly path?: string } | null) {
  const hasShownOne = secondFactorPaths.has(context?.path ?? "");
  return hasShownOne ? { data: { ...session, secondFactorAt: systemClock.now() } } : undefined;
}

/**
 * A visitor who signs in or up keeps what they gathered. The visitor's row stays, as orders may refer to it; its
 * sessions end, so better-auth need not (and could not) delete it.
 */
function anonymousVisitors({ pool, onAccountMerged }: AuthDeps) {
  return anonymous({
    emailDomainName: anonymousEmailDomain,
    disableDeleteAnonymousUser: true,
    onLinkAccount: async ({ anonymousUser, newUser }) => {
      const merge = { fromAccountId: anonymousUser.user.id, toAccountId: newUser.user.id };
      if (merge.fromAccountId !== merge.toAccountId) await mergeAccount(pool, onAccountMerged, merge);
    },
    schema: { user: { fields: { isAnonymous: "is_anonymous" } } },
  });
}

/** better-auth's names for columns are camelCase; ours are those of every other table. */
const tables = {
  user: {
    fields: { emailVerified: "email_verified", createdAt: "created_at", updatedAt: "updated_at" },
    additionalFields: {
      // Never from a request: a role is given by an administrator.
      role: { type: "string", required: false, input: false, defaultValue: "shopper" },
    },
  },
  session: {
    expiresIn: sessionLastsS,
    updateAge: 24 * 3600,
    additionalFields: {
      secondFactorAt: { type: "date", required: false, input: false, returned: false, fieldName: "second_factor_at" },
    },
    fields: {
      expiresAt: "expires_at",
      createdAt: "created_at",
      updatedAt: "updated_at",
      ipAddress: "ip_address",
      userAgent: "user_agent",
      userId: "user_id",
    },
  },
  account: {
    modelName: "sign_in",
    fields: {
      accountId: "account_id",
      providerId: "provider_id",
      userId: "user_id",
      accessToken: "access_token",
      refreshToken: "refresh_token",
      idToken: "id_token",
      accessTokenExpiresAt: "access_token_expires_at",
      refreshTokenExpiresAt: "refresh_token_expires_at",
      createdAt: "created_at",
      updatedAt: "updated_at",
    },
  },
  verification: {
    fields: { expiresAt: "expires_at", createdAt: "created_at", updatedAt: "updated_at" },
  },
} as const;
