import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import type { Faults, Rule } from "#core/faults.ts";

const beforeKinds: readonly string[] = [
  "error",
  "drop_before",
  "hang",
  "429",
  "error_after",
  "drop_after",
  "hang_after",
];
const never = new Promise<never>(() => {});

/**
 * Applies the transport faults around every named route of every part. What a rule does before the handler means "not
 * acted"; what it does after means that the world changed and the caller was not told.
 */
export function addTransportFaults(app: FastifyInstance, faults: Faults, baseLatencyMs: number): void {
  const afterRules = new WeakMap<FastifyRequest, Rule>();

  app.addHook("preHandler", async (request, reply) => {
    const { part, endpoint } = request.routeOptions.config;
    if (part === undefined || endpoint === undefined) return undefined;
    if (baseLatencyMs > 0) await sleep(baseLatencyMs);
    if (faults.isQuiet()) return undefined;

    const text = (): string => requestText(request);
    const late = faults.hit(part, endpoint, text, ["latency"]);
    if (late !== undefined) await sleep(late.latencyMs ?? 1000);
    const rule = faults.hit(part, endpoint, text, beforeKinds);
    if (rule === undefined) return undefined;
    if (rule.latencyMs !== undefined) await sleep(rule.latencyMs);
    if (rule.kind.endsWith("_after")) {
      afterRules.set(request, rule);
      return undefined;
    }
    return applyBefore(rule, request, reply);
  });

  app.addHook("onSend", async (request, reply, payload) => {
    const rule = afterRules.get(request);
    if (rule === undefined) return payload;
    if (rule.kind === "drop_after") request.raw.socket.destroy();
    if (rule.kind === "hang_after") return never;
    if (rule.kind === "error_after") {
      reply
        .code(rule.status ?? 500)
        .type("application/json")
        .removeHeader("content-length");
      return errorBody("The request was carried out, then the answer was lost.");
    }
    return payload;
  });
}

/** What a rule's `match` is searched in: the URL and the body, raw and percent-decoded. */
export function requestText(request: FastifyRequest): string {
  const { body } = request;
  const raw = typeof body === "string" ? body : body === undefined || body === null ? "" : JSON.stringify(body);
  return `${request.url}\n${raw}\n${percentDecoded(`${request.url}\n${raw}`)}`;
}

function applyBefore(rule: Rule, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  switch (rule.kind) {
    case "error":
      return reply
        .code(rule.status ?? 500)
        .type("application/json")
        .send(errorBody("An injected error; nothing was carried out."));
    case "429":
      return reply.code(429).header("retry-after", "1").type("application/json").send(rateLimitBody);
    case "drop_before":
      reply.hijack();
      request.raw.socket.destroy();
      return reply;
    default:
      reply.hijack();
      return reply;
  }
}

const rateLimitBody = JSON.stringify({
  error: {
    type: "invalid_request_error",
    code: "rate_limit",
    message: "Too many requests hit the sandbox too quickly.",
  },
});

function errorBody(message: string): string {
  return JSON.stringify({ error: { type: "api_error", message } });
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return "";
  }
}
