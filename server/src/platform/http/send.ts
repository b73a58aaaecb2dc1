import { errors, type ErrorCode, type Language } from "@muse/contracts/error";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { WireAnswer } from "./idempotency.ts";
import type { Problem } from "./problem.ts";

export const jsonType = "application/json; charset=utf-8";

/** The error envelope as text. */
export function problemBody(refused: Problem, language: Language, requestId: string): string {
  const { field, details, message } = refused.options;
  return JSON.stringify({
    success: false,
    error: {
      code: refused.code,
      message: (message ?? errors[refused.code].message)[language],
      ...(field === undefined ? {} : { field }),
      ...(details === undefined ? {} : { details }),
      requestId,
    },
  });
}

/** Answers a refusal. The one place that writes the error envelope. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, refused: Problem): FastifyReply {
  request.errorCode = refused.code;
  reply.header("x-request-id", request.id);
  tellRetryAfter(reply, refused);
  return sendWire(reply, { status: refused.status, body: problemBody(refused, request.language, request.id) });
}

/** `Retry-After` where waiting can help, in whole seconds. */
export function tellRetryAfter(reply: FastifyReply, refused: Problem): void {
  const retryAfterS = refused.options.retryAfterS ?? (needsRetryAfter(refused.code) ? retryAfterDefaultS : undefined);
  if (retryAfterS !== undefined) reply.header("retry-after", String(Math.max(1, Math.ceil(retryAfterS))));
}

/** Answers JSON that is written already. */
export function sendWire(reply: FastifyReply, { status, body }: WireAnswer): FastifyReply {
  return reply.code(status).header("content-type", jsonType).send(body);
}

/** Long enough for a queue of ours to drain, short enough for a person to wait. */
const retryAfterDefaultS = 1;

function needsRetryAfter(code: ErrorCode): boolean {
  const { status, retry } = errors[code];
  return status === 429 || status === 503 || retry === "later";
}
