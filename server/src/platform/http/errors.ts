import type { FastifyError, FastifyRequest } from "fastify";
import type { Log } from "#platform/log/log.ts";
import { problem, ProblemError, type Problem } from "./problem.ts";
import { sendProblem } from "./send.ts";
import type { Fastify } from "./server-type.ts";
import { invalidRequest, type Finding } from "./validation.ts";

/** The one place where what was thrown becomes what a client sees. */
export function handleErrors(fastify: Fastify, log: Log): void {
  fastify.setErrorHandler((error, request, reply) => {
    const refused = problemOf(error, request);
    // A named refusal is the service at work; 500 is a bug and 503 a shortage, and somebody must hear of both.
    if (refused.status >= 500) reportFailure(log, request, refused, error);
    return sendProblem(request, reply, refused);
  });
  fastify.setNotFoundHandler((request, reply) => sendProblem(request, reply, problem("not_found")));
}

function reportFailure(log: Log, request: FastifyRequest, refused: Problem, error: unknown): void {
  const fields = {
    requestId: request.id,
    method: request.method,
    route: request.routeOptions.url ?? "unmatched",
    code: refused.code,
  };
  if (refused.code === "overloaded") log.warn("request.overloaded", fields, error);
  else log.error("request.failed", fields, error);
}

/** What a client is told of an error, whatever threw it. */
export function problemOf(error: unknown, request: FastifyRequest): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (typeof error !== "object" || error === null) return problem("internal");
  if (isValidation(error)) return invalid(error, request);
  if (isShortage(error)) return problem("overloaded", { retryAfterS: 1 });
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return byFastifyCode[code] ?? byStatus(error);
}

const notReadable = problem("request_invalid", {
  message: { en: "The request could not be read.", ko: "요청을 읽을 수 없습니다." },
});

const byFastifyCode: { readonly [code: string]: Problem } = {
  FST_ERR_CTP_BODY_TOO_LARGE: problem("body_too_large"),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: problem("unsupported_media_type"),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: notReadable,
  FST_ERR_BAD_URL: problem("not_found"),
  FST_ERR_MAX_PARAM_LENGTH: problem("not_found"),
  FST_ERR_NOT_FOUND: problem("not_found"),
};

/** Fastify marks what the client did wrong with a 4xx of its own; anything else is ours. */
function byStatus(error: object): Problem {
  const isFastify = "code" in error && typeof error.code === "string" && error.code.startsWith("FST_");
  const status = "statusCode" in error && typeof error.statusCode === "number" ? error.statusCode : 500;
  return isFastify && status >= 400 && status < 500 ? notReadable : problem("internal");
}

function isValidation(error: object): error is FastifyError & { validation: Finding[] } {
  return "validation" in error && Array.isArray(error.validation);
}

function invalid(
  error: { validation: readonly Finding[]; validationContext?: unknown },
  request: FastifyRequest,
): Problem {
  const [finding] = error.validation;
  const context = typeof error.validationContext === "string" ? error.validationContext : undefined;
  if (context === "params") {
    // An id of another shape than ours names nothing: the same answer as for one that does not exist (P3).
    const code = request.routeOptions.config.muse?.errors.find((listed) => listed.endsWith("_not_found"));
    return problem(code ?? "not_found");
  }
  return finding === undefined ? problem("request_invalid") : invalidRequest(finding, context);
}

/**
 * The database is short of something or away, not wrong: a statement or lock timeout, a transaction that was idle or
 * open for too long, too many connections, a standby, a shutdown, a lost connection, or deadlocks three times in a row.
 * Repeating in a moment may well help.
 */
export function isShortage(error: object): boolean {
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  if (code !== undefined) return shortageStates.test(code) || lostConnection.has(code);
  // pg and pg-pool throw these without any code (pg-pool/index.js, pg/lib/client.js).
  return error instanceof Error && (uncoded.has(error.message) || confusedConnection.test(error.message));
}

const shortageStates = /^(?:57014|57P0[1-5]|53\w{3}|25006|25P0[34]|55P03|40001|40P01|08\w{3})$/;

/** Node's words for a connection that broke, could not be made, or had to be given up. */
const lostConnection = new Set(
  [
    "ECONNREFUSED ECONNRESET ECONNABORTED EPIPE ETIMEDOUT ENOTCONN EHOSTUNREACH ENETUNREACH EADDRNOTAVAIL",
    "EMFILE ENFILE ENOTFOUND EAI_AGAIN ERR_STREAM_DESTROYED ERR_STREAM_WRITE_AFTER_END ERR_SOCKET_CLOSED",
  ].flatMap((codes) => codes.split(" ")),
);

const uncoded = new Set([
  "timeout exceeded when trying to connect",
  "Connection terminated due to connection timeout",
  "Connection terminated unexpectedly",
  "Connection terminated",
  // Taken from the pool in the moment in which it broke.
  "Client has encountered a connection error and is not queryable",
  "Client was closed and is not queryable",
  "Query read timeout",
  "timeout expired",
]);

/** What came was no answer to what was asked: the driver gives the connection up. */
const confusedConnection = /^(?:Received unexpected \w+ message from backend\.|received invalid response: \w+)$/;
