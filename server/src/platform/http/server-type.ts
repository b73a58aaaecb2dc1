import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from "fastify";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { z } from "zod";
import type { ErrorCode, Language } from "@muse/contracts/error";
import type { Pool } from "#platform/db/pool.ts";
import type { Account, Accounts, Auth } from "./account.ts";
import type { EventStreams } from "./event-stream.ts";
import type { RateLimiter } from "./rate-limit.ts";
import type { RequestHeader } from "./request-headers.ts";

export type Fastify = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger>;

/** What routes are hung on. Rooms hand it to `route` and `fileRoute` and need not look inside. */
export type HttpServer = {
  readonly fastify: Fastify;
  readonly db: Pool;
  readonly accounts: Accounts;
  readonly limiter: RateLimiter;
};

/** What a route told about itself, for hooks, errors and the reference. */
export type RouteNotes = {
  readonly auth: Auth;
  readonly errors: readonly ErrorCode[];
  /** Takes an Idempotency-Key. */
  readonly isIdempotent: boolean;
  /** The body is handed over as it came, for signatures; nothing looks inside. */
  readonly isRawBody: boolean;
  readonly digitFields: ReadonlySet<string>;
  /** Turned away last. */
  readonly isUnderWay: boolean;
  readonly replyType: string;
  /** What it answers when it worked. */
  readonly statuses: readonly number[];
  /** What the reference names of its request's headers. */
  readonly headers: readonly RequestHeader[];
  /** A raw body as the reference shows it: nothing validates by this. */
  readonly shownBody: { readonly schema: z.ZodType; readonly type: string } | null;
};

declare module "fastify" {
  interface FastifyContextConfig {
    muse?: RouteNotes;
  }
  interface FastifyInstance {
    streams: EventStreams;
  }
  interface FastifyRequest {
    /** Who is calling; set before anything of the request is read. */
    account: Account | null;
    /** The language of messages. */
    language: Language;
    /** The code of the failure that was answered, for the log line. */
    errorCode: ErrorCode | null;
    /** It waits for an answer no more, and goes on as something else. */
    leaveFlight: (() => void) | null;
  }
}
