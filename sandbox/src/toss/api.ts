import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { requestText } from "#core/transport-faults.ts";
import { keyLengthMax, openIdempotency, type Idempotency, type StoredAnswer } from "./idempotency.ts";
import { inLanguage, type Payment } from "./payment.ts";
import { errorBody, isErrorCode, isRefusal, refused, type Refusal } from "./refusal.ts";
import type { Body, Call, Route } from "./route.ts";
import type { Shop } from "./shop.ts";

/** Serves Toss's endpoints with what all share: keys, idempotency, the test-code header, languages, errors. */
export function serveRoutes(app: FastifyInstance, shop: Shop, routes: readonly Route[]): void {
  const idempotency = openIdempotency(shop.world, () => shop.now());
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
  addGuard(app, idempotency);
  for (const route of routes) {
    app.route({
      method: route.method,
      url: route.path,
      config: { part: "toss", endpoint: route.endpoint },
      handler: (request, reply) => answer(shop, idempotency, route, request, reply),
    });
  }
}

async function answer(
  shop: Shop,
  idempotency: Idempotency,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const scope = scopeOf(request);
  const stored = scope === undefined ? undefined : idempotency.find(scope);
  if (stored !== undefined) return send(reply, stored);
  const sent = shop.world.atomically(() => {
    const made = run(shop, route, request);
    if (scope !== undefined) idempotency.save(scope, made);
    return made;
  });
  const first = shop.takeFirstDeliveries();
  if (first.length > 0) await Promise.all(first);
  return send(reply, sent);
}

function run(shop: Shop, route: Route, request: FastifyRequest): StoredAnswer {
  const isEnglish = (request.headers["accept-language"] ?? "").toLowerCase().startsWith("en");
  const refuse = ({ status, code }: Refusal): StoredAnswer => ({ status, body: errorBody(code, isEnglish) });
  const testCode = request.headers["tosspayments-test-code"];
  if (typeof testCode === "string" && isErrorCode(testCode)) return refuse(refused(testCode));
  const call = callOf(shop, route, request);
  if (call === undefined) return refuse(refused("INVALID_REQUEST"));

  const broken = shop.world.faults.hit("toss", route.endpoint, call.text, ["stored_500"]);
  if (broken !== undefined) {
    if (broken.value === "acted") route.handle(call);
    return refuse(refused("FAILED_INTERNAL_SYSTEM_PROCESSING"));
  }
  const result = route.handle(call);
  if (isRefusal(result)) return refuse(result);
  if (Array.isArray(result)) return { status: 200, body: JSON.stringify(result) };
  return { status: 200, body: JSON.stringify(inLanguage(result as Payment, isEnglish)) };
}

function callOf(shop: Shop, route: Route, request: FastifyRequest): Call | undefined {
  const body = route.method === "GET" ? {} : jsonOf(request.body);
  if (body === undefined) return undefined;
  const { name } = request.params as { readonly name?: string };
  return {
    shop,
    body,
    query: request.query as Call["query"],
    name: name ?? "",
    endpoint: route.endpoint,
    idempotencyKey: idempotencyKeyOf(request) ?? null,
    origin: `http://${request.headers.host ?? "127.0.0.1"}`,
    text: () => requestText(request),
  };
}

export function jsonOf(text: unknown): Body | undefined {
  try {
    const body: unknown = JSON.parse(typeof text === "string" ? text : "");
    return typeof body === "object" && body !== null && !Array.isArray(body) ? (body as Body) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Refuses wrong keys, holds an idempotency key for as long as its request lasts, and lets one cancel at a time near a
 * payment.
 */
function addGuard(app: FastifyInstance, idempotency: Idempotency): void {
  app.addHook("onRequest", (request, reply, done) => {
    const { endpoint } = request.routeOptions.config;
    if (endpoint === undefined || !request.url.startsWith("/v1/")) return done();
    const problem = keyProblem(request);
    if (problem !== undefined) return void send(reply, { status: problem.status, body: bodyOf(problem, request) });
    const scope = scopeOf(request);
    const locks = [
      ...(scope === undefined ? [] : [{ name: scope, code: "IDEMPOTENT_REQUEST_PROCESSING" }]),
      ...(endpoint === "payments.cancel"
        ? [{ name: `cancel ${request.url}`, code: "FORBIDDEN_CONSECUTIVE_REQUEST" }]
        : []),
    ];
    const held: string[] = [];
    for (const { name, code } of locks) {
      if (!idempotency.lock(name)) {
        for (const mine of held) idempotency.unlock(mine);
        const busy = refused(code);
        return void send(reply, { status: busy.status, body: bodyOf(busy, request) });
      }
      held.push(name);
    }
    reply.raw.once("close", () => {
      for (const name of held) idempotency.unlock(name);
    });
    return done();
  });
}

function keyProblem(request: FastifyRequest): Refusal | undefined {
  const header = request.headers.authorization ?? "";
  if (!header.startsWith("Basic ")) return refused("UNAUTHORIZED_KEY");
  const [key = "", password] = Buffer.from(header.slice(6), "base64").toString("utf8").split(":");
  if (password !== "") return refused("INCORRECT_BASIC_AUTH_FORMAT");
  if (!/^test_(sk|gsk)_/.test(key)) return refused("UNAUTHORIZED_KEY");
  const idempotencyKey = idempotencyKeyOf(request);
  return idempotencyKey !== undefined && idempotencyKey.length > keyLengthMax
    ? refused("INVALID_IDEMPOTENCY_KEY")
    : undefined;
}

/** A key means something together with the API key, the address and the method; on GET it means nothing. */
function scopeOf(request: FastifyRequest): string | undefined {
  const key = request.method === "POST" ? idempotencyKeyOf(request) : undefined;
  return key === undefined ? undefined : `${request.headers.authorization ?? ""} POST ${request.url} ${key}`;
}

function idempotencyKeyOf(request: FastifyRequest): string | undefined {
  const header = request.headers["idempotency-key"];
  return typeof header === "string" && header !== "" ? header : undefined;
}

function bodyOf({ code }: Refusal, request: FastifyRequest): string {
  return errorBody(code, (request.headers["accept-language"] ?? "").toLowerCase().startsWith("en"));
}

function send(reply: FastifyReply, { status, body }: StoredAnswer): FastifyReply {
  return reply.code(status).header("content-type", "application/json;charset=UTF-8").send(body);
}
