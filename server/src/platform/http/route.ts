import type { ErrorCode, Language } from "@muse/contracts/error";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import { assert, must } from "#kernel/assert.ts";
import type { Pool } from "#platform/db/pool.ts";
import type { Db } from "#platform/db/query.ts";
import { tx, type Tx } from "#platform/db/tx.ts";
import type { AccountFor, Auth } from "./account.ts";
import {
  isKept,
  isKeyValid,
  requestHash,
  runInOneTransaction,
  runInPhases,
  type KeyedAnswer,
  type Outcome,
} from "./idempotency.ts";
import { keyFind, type KeyArgs } from "./idempotency-statements.ts";
import { documented } from "./openapi.ts";
import { Answer, problem, Problem, type SuccessStatus } from "./problem.ts";
import type { RequestHeader, RouteRequest } from "./request-headers.ts";
import { replyWriter } from "./reply-json.ts";
import { takeNewAccount, takeRouteLimits, type RouteLimit } from "./route-limits.ts";
import { sendPublic } from "./send-public.ts";
import { problemBody, sendProblem, sendWire, tellRetryAfter } from "./send.ts";
import type { HttpServer, RouteNotes } from "./server-type.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * How a route keeps a repeat from doing its work twice, when the caller sends an Idempotency-Key:
 * - `true`: `db` is then one transaction that also holds the key and the answer. Without the header nothing is added.
 * - `"transaction"`: the same, and `db` is a transaction without the header too, for two rooms that commit together.
 * - `"phased"`: for commands that touch the outside. `claimKey` is to be called in the command's own first
 *   transaction; the answer is stored when the handler returns.
 */
export type Idempotent = true | "transaction" | "phased";

export type RouteSpec<
  A extends Auth,
  P,
  Q,
  B,
  R extends z.ZodType,
  C extends ErrorCode,
  I,
  W,
  S extends number = SuccessStatus,
  H extends RequestHeader = never,
> = {
  readonly method: Method;
  /** The whole path: `/api/v1/cart/items/:id`. */
  readonly url: string;
  /** One line for the reference, in the imperative. */
  readonly summary: string;
  readonly description?: string;
  /** The heading in the reference; by convention the room's name. */
  readonly tags: readonly string[];
  readonly auth: A;
  readonly params?: P;
  readonly query?: Q;
  /** A `z.strictObject`: a field nobody knows is refused. */
  readonly body?: B;
  /** The shape of `data`. */
  readonly reply: R;
  /** Every status it may answer when it worked; 200 alone where none is named. */
  readonly statuses?: readonly S[];
  /** Every header of its own that the handler reads: no other can be seen in `request.headers`. */
  readonly headers?: readonly H[];
  /** Every code the handler may return; those of the HTTP layer itself need not be named. */
  readonly errors: readonly C[];
  readonly idempotent?: I;
  /**
   * Hands the body over as a Buffer, whatever its type: a signature is of bytes. Excludes `body`; `shownBody` tells
   * readers what it is to hold.
   */
  readonly rawBody?: W;
  /** For a raw body: the shape that the handler itself looks for, so that the reference has it. */
  readonly shownBody?: z.ZodType;
  /** The type of a raw body; JSON where none is named. */
  readonly consumes?: string;
  /** Fields that hold long digits by nature (tracking numbers) and are not looked at for card numbers. */
  readonly digitFields?: readonly string[];
  /**
   * The answer is everybody's, and may be kept this long by browsers and whatever stands between; afterwards they ask
   * by its tag. For `auth: "none"` alone: nothing of it may depend on who asks.
   */
  readonly publicForS?: number;
  /**
   * It goes on with what was begun and would be lost (a checkout, an event of a provider's): when there is too much to
   * do, newcomers are turned away first.
   */
  readonly isUnderWay?: boolean;
  /** How often one account or address may call it; 429 beyond that. */
  readonly limits?: readonly RouteLimit[];
  /**
   * What the command needs of the outside, done before its transaction is open. It hands nothing on but what it writes;
   * a problem ends the request, and is not kept for its key: nothing has begun.
   */
  readonly prepare?: (context: PrepareContext<A, P, Q, B, H>) => Promise<Problem<C> | null>;
};

export type PrepareContext<A extends Auth, P, Q, B, H extends RequestHeader = never> = RouteContext<
  A,
  P,
  Q,
  B,
  undefined,
  false,
  H
> & {
  /** Whether its key was here before: then the answer stands already, and nothing is to be done. One round trip. */
  readonly isRepeat: () => Promise<boolean>;
};

export type RouteContext<A extends Auth, P, Q, B, I, W, H extends RequestHeader = never> = {
  readonly db: I extends "transaction" ? Tx : I extends true ? Db : Pool;
  readonly account: AccountFor<A>;
  readonly params: Parsed<P>;
  readonly query: Parsed<Q>;
  readonly body: W extends true ? Buffer : Parsed<B>;
  /** `"phased"` alone: call it in the command's first transaction. Null when the caller sent no key. */
  readonly claimKey: I extends "phased" ? ((open: Tx) => Promise<void>) | null : null;
  readonly language: Language;
  readonly request: RouteRequest<H>;
  readonly reply: FastifyReply;
};

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

export type RouteResult<R extends z.ZodType, C extends ErrorCode, S extends SuccessStatus> =
  | (200 extends S ? z.output<R> : never)
  | Answer<z.output<R>, S>
  | Problem<C>;

/**
 * Hangs one endpoint on the server: who may call it, what it takes, what it answers, and the reference's entry, in one
 * place. The handler returns data, `answer(data, …)` or `problem(code, …)`; what it throws is a bug and answered 500.
 */
export function route<
  const A extends Auth,
  R extends z.ZodType,
  const C extends ErrorCode = never,
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  const I extends Idempotent | undefined = undefined,
  const W extends boolean = false,
  const S extends SuccessStatus = 200,
  const H extends RequestHeader = never,
>(
  http: HttpServer,
  spec: RouteSpec<A, P, Q, B, R, C, I, W, S, H>,
  handler: (
    context: RouteContext<A, P, Q, B, I, W, NoInfer<H>>,
  ) => Promise<RouteResult<R, NoInfer<C>, NoInfer<S>>> | RouteResult<R, NoInfer<C>, NoInfer<S>>,
): void {
  const where = `${spec.method} ${spec.url}`;
  assert(spec.idempotent === undefined || hasCaller(spec.auth), `${where}: an idempotency key belongs to a caller`);
  assert(spec.publicForS === undefined || spec.auth === "none", `${where}: what is kept for all is nobody's own`);
  const notes = notesOf(spec);
  const write = replyWriter(where, spec.reply);
  const run = async (request: FastifyRequest, reply: FastifyReply, db: Db, claimKey: unknown): Promise<Outcome> => {
    const context = contextOf(request, reply, db, claimKey) as unknown as RouteContext<A, P, Q, B, I, W, H>;
    return outcomeOf(request, reply, await handler(context), { write, where, statuses: notes.statuses });
  };
  const runUnkeyed = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { answer } =
      spec.idempotent === "transaction"
        ? await tx(http.db, where, (open) => run(request, reply, open, null))
        : await run(request, reply, http.db, null);
    return spec.publicForS === undefined
      ? sendWire(reply, answer)
      : sendPublic(request, reply, answer, spec.publicForS);
  };
  http.fastify.route({
    method: spec.method,
    url: spec.url,
    config: { muse: notes },
    schema: documented(spec),
    handler: async (request, reply) => {
      takeRouteLimits(http, request, spec.limits ?? []);
      await ensureAccount(http, request, reply, spec.auth);
      const header = spec.idempotent === undefined ? undefined : request.headers["idempotency-key"];
      if (header !== undefined && (typeof header !== "string" || !isKeyValid(header))) {
        return sendProblem(request, reply, problem("idempotency_key_invalid"));
      }
      const key = header === undefined ? null : keyOf(request, header);
      const unprepared = (await spec.prepare?.(preparing(http, request, reply, key))) ?? null;
      if (unprepared !== null) return sendProblem(request, reply, unprepared);
      if (key === null) return await runUnkeyed(request, reply);
      const keyed =
        spec.idempotent === "phased"
          ? await runInPhases(http.db, key, (claim) => run(request, reply, http.db, claim))
          : await runInOneTransaction(http.db, where, key, (open) => run(request, reply, open, null));
      return sendKeyed(request, reply, keyed);
    },
  });
}

function hasCaller(auth: Auth): boolean {
  return auth !== "none" && auth !== "anonymous_ok";
}

/** An anonymous account for a visitor who has none, with the cookie and the token that stand for it. */
export async function ensureAccount(
  http: HttpServer,
  request: FastifyRequest,
  reply: FastifyReply,
  auth: Auth,
): Promise<void> {
  if (auth !== "creates_account" || request.account !== null) return;
  takeNewAccount(http, request.ip);
  const made = await http.accounts.createAnonymous({ headers: request.headers, ip: request.ip });
  request.account = made.account;
  for (const [name, value] of Object.entries(made.headers)) reply.header(name, value);
}

export function contextOf(request: FastifyRequest, reply: FastifyReply, db: Db, claimKey: unknown) {
  return {
    db,
    account: request.account,
    params: request.params,
    query: request.query,
    // A raw body that did not come is one of no bytes: a signature over it is looked at all the same.
    body: request.routeOptions.config.muse?.isRawBody === true ? (request.body ?? Buffer.alloc(0)) : request.body,
    claimKey,
    language: request.language,
    request,
    reply,
  };
}

function preparing<A extends Auth, P, Q, B, H extends RequestHeader>(
  http: HttpServer,
  request: FastifyRequest,
  reply: FastifyReply,
  key: KeyArgs | null,
): PrepareContext<A, P, Q, B, H> {
  const context = contextOf(request, reply, http.db, null) as unknown as PrepareContext<A, P, Q, B, H>;
  return { ...context, isRepeat: async () => key !== null && (await keyFind(http.db, key)) !== null };
}

export function notesOf(spec: {
  readonly auth: Auth;
  readonly errors: readonly ErrorCode[];
  readonly idempotent?: Idempotent | undefined;
  readonly rawBody?: boolean;
  readonly digitFields?: readonly string[];
  readonly produces?: readonly string[];
  readonly isUnderWay?: boolean;
  readonly statuses?: readonly number[];
  readonly headers?: readonly RequestHeader[];
  readonly publicForS?: number;
  readonly shownBody?: z.ZodType;
  readonly consumes?: string;
}): RouteNotes {
  assert(spec.rawBody !== true || spec.shownBody !== undefined, "notesOf: a raw body is shown to readers");
  return {
    auth: spec.auth,
    errors: spec.errors,
    isIdempotent: spec.idempotent !== undefined,
    isRawBody: spec.rawBody === true,
    digitFields: new Set(spec.digitFields),
    isUnderWay: spec.isUnderWay === true,
    replyType: spec.produces?.[0] ?? "application/json",
    statuses: spec.statuses ?? [200],
    headers: [
      ...(spec.idempotent === undefined ? [] : (["Idempotency-Key"] as const)),
      ...(spec.publicForS === undefined ? [] : (["If-None-Match"] as const)),
      ...(spec.headers ?? []),
    ],
    shownBody: spec.shownBody === undefined ? null : { schema: spec.shownBody, type: spec.consumes ?? jsonBody },
  };
}

const jsonBody = "application/json";

type Writing = {
  readonly where: string;
  readonly statuses: readonly number[];
  readonly write: (value: unknown, message?: string) => string;
};

function outcomeOf(
  request: FastifyRequest,
  reply: FastifyReply,
  result: unknown,
  { where, statuses, write }: Writing,
): Outcome {
  if (result instanceof Problem) {
    request.errorCode = result.code;
    tellRetryAfter(reply, result);
    const body = problemBody(result, request.language, request.id);
    return { answer: { status: result.status, body }, isKept: isKept(result) };
  }
  const { status = 200, message, headers = {} } = result instanceof Answer ? result.options : {};
  assert(statuses.includes(status), `${where}: answers ${status}, which its description does not name`);
  if (!(result instanceof Answer)) return { answer: { status, body: write(result) }, isKept: true };
  for (const [name, value] of Object.entries(headers)) reply.header(name, value);
  return { answer: { status, body: write(result.data, message) }, isKept: true };
}

function keyOf(request: FastifyRequest, key: string): KeyArgs {
  const { accountId } = must(request.account, "idempotency: the caller has an account");
  const path = request.url.split("?", 1)[0] ?? "";
  return { accountId, key, requestHash: requestHash(request.method, path, request.body) };
}

function sendKeyed(request: FastifyRequest, reply: FastifyReply, keyed: KeyedAnswer): FastifyReply {
  switch (keyed.kind) {
    case "answered":
      return sendWire(reply, keyed.answer);
    case "replayed":
      return sendWire(reply.header("idempotent-replayed", "true"), keyed.answer);
    case "refused":
      return sendProblem(request, reply, keyed.problem);
  }
}
