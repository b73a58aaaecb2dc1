import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import Fastify from "fastify";
import { validatorCompiler } from "fastify-type-provider-zod";
import { newId } from "#kernel/ids.ts";
import type { Pool } from "#platform/db/pool.ts";
import type { Log } from "#platform/log/log.ts";
import type { HttpMetrics } from "#platform/metrics/http-metrics.ts";
import { refusalFor, type Accounts, type Auth } from "./account.ts";
import { handleErrors, problemOf } from "./errors.ts";
import { eventStreams } from "./event-stream.ts";
import { readBodies } from "./json-body.ts";
import { languageOf } from "./language.ts";
import { isForeignWrite } from "./origin.ts";
import { openPressure, type Pressure, type PressureLimits } from "./pressure.ts";
import { problem } from "./problem.ts";
import type { ReferenceOptions } from "./reference-options.ts";
import { serveReference } from "./reference.ts";
import { refuseText } from "./request-text.ts";
import { openRateLimiter } from "./rate-limit.ts";
import { securityHeaders, setSecurityHeaders } from "./security-headers.ts";
import { problemBody, sendProblem } from "./send.ts";
import type { Fastify as FastifyServer, HttpServer } from "./server-type.ts";
import { stopInTime } from "./stop-in-time.ts";

export type HttpServerDeps = {
  readonly db: Pool;
  readonly accounts: Accounts;
  readonly log: Log;
  readonly metrics?: HttpMetrics;
  /** Absent: no reference is served. */
  readonly reference?: ReferenceOptions;
  /** Whether `X-Forwarded-For` and its like are believed: only behind a proxy of one's own that sets them. */
  readonly isProxyTrusted?: boolean;
  /** Whether people come by https: browsers are then told never to come otherwise. */
  readonly hasHttps?: boolean;
  /** Pages of these origins may write with a browser's cookie, beside those of the host itself. */
  readonly trustedOrigins?: readonly string[];
  /** All rate limits times this; 0 (as in tests) for none. */
  readonly rateLimitFactor?: number;
  readonly limits?: Partial<ServerLimits>;
};

/** For tests, which do not wait for a minute or open ten thousand connections. */
export type ServerLimits = {
  readonly requestTimeoutMs: number;
  readonly connectionTimeoutMs: number;
  readonly connectionsMax: number;
  readonly pressure: PressureLimits;
};

/** Far more than any of our bodies needs; a batch of a hundred items is 30 KiB. */
const bodyBytesMax = 256 * 1024;

/** A whole request must have arrived by then: slow senders hold memory, not threads, but they do hold it. */
const requestTimeoutMs = 30_000;

/** Its headers much sooner. Node's own minute is above ours for the whole, and it would then exchange the two. */
const headersTimeoutMs = 10_000;

/** A silent socket is closed. `place` answers within some 15 s and event streams beat every 15 s, so both fit well. */
const connectionTimeoutMs = 65_000;

/** Longer than the 60 s that load balancers keep idle connections, so that they close first and nothing is lost. */
const keepAliveTimeoutMs = 61_000;

/**
 * Sockets at once. An idle one holds some ten kilobytes, and this many stay below what a process may open by default on
 * the systems we know; what comes beyond is turned away by the kernel's reset, before it costs anything.
 */
const connectionsMax = 8_000;

/**
 * How often Node looks for requests that take too long: its own half minute would give slow senders twice their
 * time.
 */
const timeoutCheckMs = 5_000;

/** The API as a value, with no routes yet: `route` and `fileRoute` hang them on, tests inject into `fastify`. */
export function createHttpServer(deps: HttpServerDeps): HttpServer {
  const requestMs = deps.limits?.requestTimeoutMs ?? requestTimeoutMs;
  const fastify: FastifyServer = Fastify({
    logger: false,
    bodyLimit: bodyBytesMax,
    requestTimeout: requestMs,
    connectionTimeout: deps.limits?.connectionTimeoutMs ?? connectionTimeoutMs,
    http: {
      requestTimeout: requestMs,
      headersTimeout: Math.min(headersTimeoutMs, requestMs),
      connectionsCheckingInterval: Math.min(timeoutCheckMs, requestMs),
    },
    keepAliveTimeout: keepAliveTimeoutMs,
    trustProxy: deps.isProxyTrusted ?? false,
    requestIdHeader: false,
    genReqId: () => newId("req"),
    // While closing, requests on open connections are still answered properly; the listening socket is shut.
    return503OnClosing: false,
    forceCloseConnections: "idle",
    clientErrorHandler: answerUnreadable,
    frameworkErrors: (error, request, reply) => {
      request.language = languageOf(request.headers["accept-language"]);
      setSecurityHeaders(reply, deps.hasHttps ?? false);
      sendProblem(request, reply, problemOf(error, request));
    },
  });
  fastify.server.maxConnections = deps.limits?.connectionsMax ?? connectionsMax;
  fastify.setValidatorCompiler(validatorCompiler);
  // Replies are written by `replyWriter` before Fastify sees them; their schemas are for the reference alone.
  fastify.setSerializerCompiler(() => (data) => JSON.stringify(data));
  fastify.decorateRequest("account", null);
  fastify.decorateRequest("language", "en");
  fastify.decorateRequest("errorCode", null);
  fastify.decorateRequest("leaveFlight", null);
  fastify.decorate("streams", eventStreams(deps.rateLimitFactor ?? 0));
  readBodies(fastify);
  handleErrors(fastify, deps.log);
  const pressure = openPressure(deps.db, deps.log, deps.limits?.pressure);
  fastify.addHook("onClose", (_, done) => {
    pressure.close();
    done();
  });
  openRequests(fastify, deps, pressure);
  refuseText(fastify);
  closeRequests(fastify, deps);
  stopInTime(fastify);
  if (deps.reference !== undefined) serveReference(fastify, deps.reference);
  const limiter = openRateLimiter(deps.rateLimitFactor ?? 0);
  return { fastify, db: deps.db, accounts: deps.accounts, limiter };
}

/** Before anything of a request is read: its id, its language, who is calling, and whether they may. */
function openRequests(fastify: FastifyServer, deps: HttpServerDeps, pressure: Pressure): void {
  const { accounts, metrics, hasHttps = false } = deps;
  const trustedOrigins = new Set(deps.trustedOrigins);
  fastify.addHook("onRequest", async (request, reply) => {
    request.leaveFlight = countIn(pressure, reply.raw);
    request.language = languageOf(request.headers["accept-language"]);
    reply.header("x-request-id", request.id);
    setSecurityHeaders(reply, hasHttps);
    const notes = request.routeOptions.config.muse;
    // Machines' probes are always answered: whoever watches must see what is going on.
    const shed = notes === undefined ? null : pressure.reason(notes.isUnderWay);
    if (shed !== null) {
      metrics?.shed(shed);
      return sendProblem(request, reply, problem("overloaded", { retryAfterS: pressure.retryAfterS() }));
    }
    const auth = notes?.auth ?? "none";
    if (auth === "none") return undefined;
    if (isForeignWrite(request.raw, trustedOrigins)) {
      return sendProblem(request, reply, problem("cross_site_refused"));
    }
    const { account, refusal } = await callerFor(accounts, auth, request.headers);
    request.account = account;
    return refusal === null ? undefined : sendProblem(request, reply, problem(refusal));
  });
}

/** Who calls, and why they may not; whoever is refused a role may have been given it a moment ago, and is read anew. */
async function callerFor(accounts: Accounts, auth: Auth, headers: IncomingHttpHeaders) {
  const account = await accounts.whoIs(headers);
  const refusal = refusalFor(auth, account);
  if (refusal !== "role_missing" && refusal !== "two_factor_required") return { account, refusal };
  const now = await accounts.whoIsNow(headers);
  return { account: now, refusal: refusalFor(auth, now) };
}

/** However it ends: answered, or its caller hung up, or what it answers calls it over. */
function countIn(pressure: Pressure, response: ServerResponse): () => void {
  let isOver = false;
  const end = (): void => {
    if (!isOver) pressure.ended();
    isOver = true;
  };
  pressure.began();
  response.once("finish", end).once("close", end);
  return end;
}

/** One canonical line and one observation per request, by route pattern: a raw URL can hold anything. */
function closeRequests(fastify: FastifyServer, { log, metrics }: HttpServerDeps): void {
  fastify.addHook("onResponse", (request, reply, done) => {
    const { method, account, errorCode } = request;
    const route = request.routeOptions.url ?? "unmatched";
    const ms = Math.round(reply.elapsedTime * 100) / 100;
    metrics?.observe(method, route, reply.statusCode, ms);
    // Machines ask for these every few seconds.
    const isProbe = route === "/healthz" || route === "/readyz" || route === "/metrics";
    // A line for each that is turned away would cost what turning away saves; metrics count them.
    log[isProbe || errorCode === "overloaded" ? "debug" : "info"]("request", {
      requestId: request.id,
      method,
      route,
      status: reply.statusCode,
      ms,
      account: account?.kind ?? "none",
      accountId: account?.accountId,
      code: errorCode ?? undefined,
      replayed: reply.getHeader("idempotent-replayed") === "true" ? true : undefined,
    });
    done();
  });
}

/** Bytes that are no HTTP request never become one, so the answer is written by hand. */
function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const requestId = newId("req");
  const body = problemBody(problem("request_invalid"), "en", requestId);
  socket.write(
    `HTTP/1.1 400 Bad Request\r\ncontent-type: application/json; charset=utf-8\r\nx-request-id: ${requestId}\r\n` +
      securityHeaders.map(([name, value]) => `${name}: ${value}\r\n`).join("") +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
  // Not `end`: whoever goes on sending byte by byte would keep a connection that is closed from this side alone.
  socket.destroySoon();
}
