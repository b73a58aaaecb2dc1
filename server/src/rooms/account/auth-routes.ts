import { AccountView } from "@muse/contracts/account";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Db } from "#platform/db/query.ts";
import { documented } from "#platform/http/openapi.ts";
import { problem, type Problem } from "#platform/http/problem.ts";
import { notesOf } from "#platform/http/route.ts";
import { takeNewAccount } from "#platform/http/route-limits.ts";
import { sendProblem, sendWire } from "#platform/http/send.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { authAnswer } from "./auth-answer.ts";
import {
  CodeBody,
  fieldsOf,
  LinkBody,
  LinkQuery,
  NoBody,
  PasswordBody,
  SignInFields,
  SignUpBody,
} from "./auth-bodies.ts";
import { clientIpHeader, type Auth } from "./auth.ts";
import { lookAttempts, takeAttempt, type Limit } from "./limit-attempts.ts";
import type { SessionCache } from "./session-cache.ts";
import { credentialOf, type SessionWire } from "./session-cookie.ts";

export type AuthRoutesDeps = {
  readonly auth: Auth;
  readonly db: Db;
  readonly appUrl: string;
  readonly wire: SessionWire;
  readonly cache: SessionCache;
};

/** A household or an office behind one address signs in now and then; a guessing machine does it all the time. */
const perAddress: Limit = { what: "auth address", windowS: 60, countMax: 120 };

/**
 * Failed passwords of one account, wherever they come from, and in one session, whatever they are asked for: nobody
 * mistypes ten times in five minutes.
 */
const perGuesser: Limit = { what: "auth e-mail", windowS: 300, countMax: 10 };

/** Mails to one address, asked for by whomever: enough for somebody who deletes the first by mistake. */
const perLink: Limit = { what: "auth link", windowS: 900, countMax: 5 };

/** Hangs better-auth under /api/auth: what people and apps use is in the reference, the rest answers all the same. */
export function authRoutes(http: HttpServer, deps: AuthRoutesDeps): void {
  for (const shown of shownRoutes) {
    http.fastify.route({
      method: shown.method,
      url: `/api/auth${shown.path}`,
      config: { muse: notesOf({ ...shown, auth: "none" }) },
      // The body is better-auth's to validate; the reference alone has its shape.
      schema: documented({ ...shown, auth: "none", tags: ["Account"] }),
      handler: (request, reply) => answer(http, deps, request, reply),
    });
  }
  http.fastify.route({
    method: ["GET", "POST"],
    url: "/api/auth/*",
    schema: { hide: true },
    handler: (request, reply) => answer(http, deps, request, reply),
  });
}

async function answer(
  http: HttpServer,
  deps: AuthRoutesDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (request.url.startsWith("/api/auth/sign-in/anonymous")) takeNewAccount(http, request.ip);
  const wrong = wrongField(request);
  if (wrong !== null) return sendProblem(request, reply, wrong);
  const guesser = guesserOf(request, deps.wire);
  const limited = await limitedBy(deps.db, request, guesser);
  if (limited !== null) return sendProblem(request, reply, limited);

  const response = await deps.auth.handler(webRequest(request, deps.appUrl));
  // Other processes hear of an ended session from the database; this one must not wait for that.
  const credential = credentialOf(request.headers, deps.wire.cookieName);
  if (request.method === "POST" && credential !== null) deps.cache.forgetCredential(credential);
  for (const name of passedHeaders) {
    const value = response.headers.get(name);
    if (value !== null) reply.header(name, value);
  }
  for (const cookie of response.headers.getSetCookie()) reply.header("set-cookie", cookie);

  const answered = await authAnswer(response);
  if (answered.kind === "answered") return sendWire(reply, answered);
  if (answered.problem.code === "credentials_invalid" && guesser !== null) {
    await takeAttempt(deps.db, perGuesser, guesser);
  }
  return sendProblem(request, reply, answered.problem);
}

const passedHeaders = ["set-auth-token", "access-control-expose-headers", "location"] as const;

async function limitedBy(db: Db, request: FastifyRequest, guesser: string | null): Promise<Problem | null> {
  if (request.method !== "POST" || request.url.startsWith("/api/auth/sign-out")) return null;
  const retryAfterS =
    (await takeAttempt(db, perAddress, request.ip)) ??
    (await takeLink(db, request)) ??
    (guesser === null ? null : await lookAttempts(db, perGuesser, guesser));
  return retryAfterS === null ? null : problem("rate_limited", { retryAfterS });
}

async function takeLink(db: Db, { url, body }: FastifyRequest): Promise<number | null> {
  const email = url.startsWith("/api/auth/sign-in/magic-link") ? emailOf(body) : null;
  return email === null ? null : await takeAttempt(db, perLink, email);
}

function wrongField(request: FastifyRequest): Problem | null {
  const unknown = unknownField(request);
  if (unknown !== null) return problem("unknown_field", { field: unknown });
  const long = tooLong(request.body);
  return long === null ? null : problem("request_invalid", { field: long });
}

/**
 * An e-mail address has 254 characters at most, a name of more is no name, and of the rest nothing is longer than a
 * URL.
 */
const lengthsMax: ReadonlyMap<string, number> = new Map([
  ["email", 254],
  ["name", 100],
]);
const otherLengthMax = 2_000;

/** The library asks for text, and takes a novel. */
function tooLong(body: unknown): string | null {
  if (typeof body !== "object" || body === null) return null;
  const found = Object.entries(body).find(
    ([field, value]) => typeof value === "string" && value.length > (lengthsMax.get(field) ?? otherLengthMax),
  );
  return found === undefined ? null : found[0].slice(0, 40);
}

/** What the library does not read of a body it passes over in silence, which here is a refusal like anywhere else. */
function unknownField({ method, url, body }: FastifyRequest): string | null {
  const shown = shownRoutes.find((one) => one.method === method && url.startsWith(`/api/auth${one.path}`));
  if (shown === undefined || typeof body !== "object" || body === null) return null;
  const fields = "shownBody" in shown ? fieldsOf(shown.shownBody) : [];
  return (
    Object.keys(body)
      .find((field) => !fields.includes(field))
      ?.slice(0, 40) ?? null
  );
}

/** Whose password may be guessed at: the e-mail's at sign-in, and anywhere else the session's that a thief may hold. */
function guesserOf({ method, url, body, headers }: FastifyRequest, wire: SessionWire): string | null {
  if (method !== "POST") return null;
  return url.startsWith("/api/auth/sign-in/email") ? emailOf(body) : credentialOf(headers, wire.cookieName);
}

function emailOf(body: unknown): string | null {
  if (typeof body !== "object" || body === null || !("email" in body)) return null;
  return typeof body.email === "string" ? body.email.slice(0, 254) : null;
}

function webRequest(request: FastifyRequest, appUrl: string): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined || unpassedHeaders.has(name)) continue;
    headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  headers.set(clientIpHeader, request.ip);
  // better-auth refuses a cookie without an Origin. Browsers always send one with a write; what sends none of the
  // headers of a browser is a program, which nobody can lure to another site.
  const isBrowser = headers.has("origin") || headers.has("referer") || headers.has("sec-fetch-site");
  if (!isBrowser) headers.set("origin", new URL(appUrl).origin);
  const hasBody = request.method !== "GET" && request.body !== undefined && request.body !== null;
  return new Request(new URL(request.url, appUrl), {
    method: request.method,
    headers,
    ...(hasBody ? { body: JSON.stringify(request.body, passedFields) } : {}),
  });
}

/**
 * A device that is trusted for a month would make the second factor one that is shown once a month, on a machine that
 * anybody may sit down at.
 */
function passedFields(key: string, value: unknown): unknown {
  return key === "trustDevice" ? undefined : value;
}

/** Of the bytes as they came, or a caller's guess at what only the room may say. */
const unpassedHeaders = new Set(["content-length", "transfer-encoding", "connection", "host", clientIpHeader]);

const Signed = z.object({
  token: z.string().nullable().describe("The bearer token."),
  user: AccountView.partial().optional(),
});

/** `shownBody`: all that a body may hold. A trusted device is in none of them, see `passedFields`. */
const shownRoutes = [
  {
    method: "POST",
    path: "/sign-in/email",
    shownBody: SignInFields,
    summary: "Sign in",
    description:
      "`{email, password}`. Answers the session's cookie and a bearer token, as `token` and in `set-auth-token`. What a " +
      "visitor's anonymous account holds (cart, orders) becomes the person's.",
    reply: Signed,
    errors: ["request_invalid", "unknown_field", "credentials_invalid", "cross_site_refused", "rate_limited"],
  },
  {
    method: "POST",
    path: "/sign-up/email",
    shownBody: SignUpBody,
    summary: "Make an account",
    description: "`{email, password, name}`. Signs in as well; a visitor's anonymous account becomes part of it.",
    reply: Signed,
    errors: ["request_invalid", "unknown_field", "email_taken", "cross_site_refused", "rate_limited"],
  },
  {
    method: "POST",
    path: "/sign-in/anonymous",
    shownBody: NoBody,
    summary: "Get an anonymous account",
    description: "Not needed before adding to the cart, which makes one where there is none.",
    reply: Signed,
    errors: ["request_invalid", "unknown_field", "rate_limited"],
  },
  {
    method: "POST",
    path: "/sign-in/magic-link",
    shownBody: LinkBody,
    summary: "Get a link that signs in, by mail",
    description:
      "`{email}`. Answers the same whether or not somebody has this address. The link works once, within 15 minutes; people " +
      "with a second factor get none.",
    reply: z.object({ status: z.boolean() }),
    errors: ["request_invalid", "unknown_field", "cross_site_refused", "rate_limited"],
  },
  {
    method: "GET",
    path: "/magic-link/verify",
    query: LinkQuery,
    statuses: [200, 302],
    summary: "Sign in by a mailed link",
    description:
      "`?token=`, and `callbackURL=`, a path to go on to; with it the answer is a redirect (302), to `errorCallbackURL` with " +
      "`?error=` where the link is used, over or never was. What a visitor's account holds becomes the person's.",
    reply: Signed,
    errors: ["request_invalid", "cross_site_refused"],
  },
  {
    method: "POST",
    path: "/sign-out",
    shownBody: NoBody,
    summary: "End this session",
    reply: z.object({}),
    errors: ["unknown_field", "cross_site_refused"],
  },
  {
    method: "POST",
    path: "/two-factor/enable",
    shownBody: PasswordBody,
    summary: "Begin to use a second factor",
    description:
      "`{password}`. Answers what an authenticator app scans, and backup codes. It holds once a code is verified.",
    reply: z.object({ totpURI: z.string(), backupCodes: z.array(z.string()) }),
    errors: [
      "request_invalid",
      "unknown_field",
      "credentials_invalid",
      "not_signed_in",
      "cross_site_refused",
      "rate_limited",
    ],
  },
  {
    method: "POST",
    path: "/two-factor/verify-totp",
    shownBody: CodeBody,
    summary: "Show the second factor",
    description:
      "`{code}`, the six digits. After a sign-in that answered `twoFactorRedirect`, with the cookie it set; or to finish " +
      "`enable`. Answers a session that has a second factor.",
    reply: Signed,
    errors: [
      "request_invalid",
      "unknown_field",
      "two_factor_code_invalid",
      "not_signed_in",
      "cross_site_refused",
      "rate_limited",
    ],
  },
  {
    method: "POST",
    path: "/two-factor/verify-backup-code",
    shownBody: CodeBody,
    summary: "Show a backup code instead",
    description: "`{code}`. Each works once.",
    reply: Signed,
    errors: [
      "request_invalid",
      "unknown_field",
      "two_factor_code_invalid",
      "not_signed_in",
      "cross_site_refused",
      "rate_limited",
    ],
  },
  {
    method: "POST",
    path: "/two-factor/generate-backup-codes",
    shownBody: PasswordBody,
    summary: "Get new backup codes",
    description: "`{password}`. The old ones end.",
    reply: z.object({ backupCodes: z.array(z.string()) }),
    errors: [
      "request_invalid",
      "unknown_field",
      "credentials_invalid",
      "not_signed_in",
      "cross_site_refused",
      "rate_limited",
    ],
  },
  {
    method: "POST",
    path: "/two-factor/disable",
    shownBody: PasswordBody,
    summary: "Use no second factor any more",
    description: "`{password}`.",
    reply: z.object({}),
    errors: [
      "request_invalid",
      "unknown_field",
      "credentials_invalid",
      "not_signed_in",
      "cross_site_refused",
      "rate_limited",
    ],
  },
  {
    method: "GET",
    path: "/get-session",
    summary: "Tell who is signed in",
    description: "Prolongs the session. `null` when nobody is signed in.",
    reply: z.unknown(),
    errors: [],
  },
] as const;
