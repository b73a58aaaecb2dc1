import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { requestText } from "#core/transport-faults.ts";
import type { Account } from "./account.ts";
import { expandPaths, readExpand, type ExpandPath } from "./expand.ts";
import { parseForm } from "./form.ts";
import { keyLengthMax, openIdempotency, type Idempotency, type StoredAnswer } from "./idempotency.ts";
import { newId } from "./ids.ts";
import { apiVersion } from "./objects.ts";
import { readParams } from "./params.ts";
import { asBrowserSees, inError } from "./publishable.ts";
import { refusal, type Refusal } from "./refusal.ts";
import type { Answer, Call, Route } from "./route.ts";

type Sent = { readonly status: number; readonly body: string };

/** Serves Stripe's endpoints with what all of them share: keys, form parameters, idempotency, `expand[]`, errors. */
export function serveRoutes(app: FastifyInstance, account: Account, routes: readonly Route[]): void {
  const idempotency = openIdempotency(account.world);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
  addKeyGuard(
    app,
    account,
    idempotency,
    new Set(routes.filter((route) => route.isOpenToPublishable).map((route) => route.endpoint)),
  );
  app.setErrorHandler((_error, request, reply) => {
    send(
      request,
      reply,
      requestIdOf(account),
      refused(refusal(500, { type: "api_error", message: "An unknown error occurred." })),
    );
  });

  for (const route of routes) {
    app.route({
      method: route.method,
      url: route.path,
      config: { part: "stripe", endpoint: route.endpoint },
      handler: (request, reply) => answer(account, idempotency, route, request, reply),
    });
  }
  addUnknownUrls(app, account);
}

function addUnknownUrls(app: FastifyInstance, account: Account): void {
  app.route({
    method: ["GET", "POST", "PUT", "PATCH", "DELETE"],
    url: "/v1/*",
    handler(request, reply) {
      const message = `Unrecognized request URL (${request.method}: ${pathOf(request)}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`;
      return send(
        request,
        reply,
        requestIdOf(account),
        refused(refusal(404, { type: "invalid_request_error", message })),
      );
    },
  });
}

async function answer(
  account: Account,
  idempotency: Idempotency,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const requestId = requestIdOf(account);
  const key = route.method === "POST" ? idempotencyKey(request) : undefined;
  const paramText = route.method === "POST" ? bodyOf(request) : queryOf(request);

  const stored = key === undefined ? undefined : idempotency.find(key);
  if (key !== undefined && stored !== undefined)
    return replay(request, reply, requestId, { key, stored, path: pathOf(request), paramText });

  const tree = parseForm(paramText);
  const expand = readExpand(tree, route.answers, route.isList === true);
  if ("kind" in expand) return send(request, reply, requestId, refused(expand));

  const call: Call = {
    account,
    params: readParams(tree, route.allowed),
    id: idOf(request),
    origin: `http://${request.headers.host ?? "127.0.0.1"}`,
    endpoint: route.endpoint,
    isPublishable: keyOf(request).startsWith("pk_"),
    version: versionOf(request),
    text: () => requestText(request),
  };
  const sent = account.world.atomically(() =>
    account.during({ id: requestId, idempotencyKey: key ?? null }, () => {
      const { result, hasBegun } = run(route, call, expand);
      if (key !== undefined && hasBegun) {
        idempotency.save(key, {
          path: pathOf(request),
          params: paramText,
          status: result.status,
          body: result.body,
          requestId,
        });
      }
      return result;
    }),
  );
  const first = account.takeFirstDeliveries();
  if (first.length > 0) await Promise.all(first);
  return send(request, reply, requestId, sent);
}

/** Runs the handler, or lets the fault `stored_500` answer in its place (having acted, where its value is "acted"). */
function run(
  route: Route,
  call: Call,
  expand: readonly ExpandPath[],
): { readonly result: Sent; readonly hasBegun: boolean } {
  const problem = call.params.problem();
  if (problem !== undefined) return { result: refused(problem), hasBegun: false };
  const broken =
    route.method === "POST"
      ? call.account.world.faults.hit("stripe", route.endpoint, call.text, ["stored_500"])
      : undefined;
  if (broken !== undefined) {
    if (broken.value === "acted") route.handle(call);
    const error = {
      type: "api_error" as const,
      message: "An error occurred with our connection to a downstream service.",
    };
    return { result: refused(refusal(500, error)), hasBegun: true };
  }
  const result = route.handle(call);
  if (result.kind === "refused") {
    const { status, error, hasBegun } = result;
    return {
      result: { status, body: JSON.stringify({ error: call.isPublishable ? inError(error) : error }) },
      hasBegun,
    };
  }
  return { result: okay(call, result, expand), hasBegun: true };
}

function okay(call: Call, result: Answer, expand: readonly ExpandPath[]): Sent {
  const body = expandPaths(call.account.store, result.body, expand);
  return { status: 200, body: JSON.stringify(call.isPublishable ? asBrowserSees(body) : body) };
}

function refused(result: Refusal): Sent {
  return { status: result.status, body: JSON.stringify({ error: result.error }) };
}

type Replay = {
  readonly key: string;
  readonly stored: StoredAnswer;
  readonly path: string;
  readonly paramText: string;
};

/** The same key again: the first answer, or an error when it is not the same request. */
function replay(request: FastifyRequest, reply: FastifyReply, requestId: string, again: Replay): FastifyReply {
  const { key, stored, path } = again;
  if (stored.path !== path) {
    const message = `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${path}' vs '${stored.path}'). Try using a key other than '${key}' if you meant to execute a different request.`;
    return send(request, reply, requestId, refused(refusal(400, { type: "idempotency_error", message })));
  }
  if (stored.params !== again.paramText) {
    const message = `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`;
    return send(request, reply, requestId, refused(refusal(400, { type: "idempotency_error", message })));
  }
  reply.header("idempotent-replayed", "true").header("original-request", stored.requestId);
  return send(request, reply, requestId, stored);
}

/** Refuses wrong API keys, and takes the idempotency key for as long as the request lasts. */
function addKeyGuard(
  app: FastifyInstance,
  account: Account,
  idempotency: Idempotency,
  openToPublishable: ReadonlySet<string>,
): void {
  app.addHook("onRequest", (request, reply, done) => {
    const { endpoint } = request.routeOptions.config;
    if (endpoint === undefined || !request.url.startsWith("/v1/")) return done();
    const problem = keyProblem(keyOf(request), openToPublishable.has(endpoint));
    if (problem !== undefined) return void send(request, reply, requestIdOf(account), refused(problem));

    const key = request.method === "POST" ? idempotencyKey(request) : undefined;
    if (key === undefined) return done();
    if (key.length > keyLengthMax) {
      const message = `Idempotency key is too long: ${key.length} characters (maximum ${keyLengthMax}).`;
      return void send(
        request,
        reply,
        requestIdOf(account),
        refused(refusal(400, { type: "idempotency_error", message })),
      );
    }
    if (!idempotency.lock(key)) {
      reply.header("stripe-should-retry", "true");
      const message = `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`;
      const error = { type: "idempotency_error" as const, code: "idempotency_key_in_use", message };
      return void send(request, reply, requestIdOf(account), refused(refusal(409, error)));
    }
    reply.raw.once("close", () => idempotency.unlock(key));
    return done();
  });
}

function keyProblem(key: string, isOpenToPublishable: boolean): Refusal | undefined {
  if (key === "") {
    const message =
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for details.";
    return refusal(401, { type: "invalid_request_error", message });
  }
  if (key.startsWith("sk_test_") || key.startsWith("rk_test_")) return undefined;
  if (key.startsWith("pk_test_")) {
    if (isOpenToPublishable) return undefined;
    const message = "This API call cannot be made with a publishable API key. Please use a secret API key.";
    return refusal(403, { type: "invalid_request_error", code: "secret_key_required", message });
  }
  return refusal(401, {
    type: "invalid_request_error",
    message: `Invalid API Key provided: ${key.slice(0, 8)}********${key.slice(-4)}`,
  });
}

/** From `Authorization: Bearer …` or Basic with the key as the user's name. */
function keyOf(request: FastifyRequest): string {
  const header = request.headers.authorization ?? "";
  if (header.startsWith("Bearer ")) return header.slice(7).trim();
  if (!header.startsWith("Basic ")) return "";
  return Buffer.from(header.slice(6), "base64").toString("utf8").split(":")[0] ?? "";
}

function send(request: FastifyRequest, reply: FastifyReply, requestId: string, sent: Sent): FastifyReply {
  reply
    .code(sent.status)
    .header("content-type", "application/json")
    .header("request-id", requestId)
    .header("stripe-version", versionOf(request));
  const key = idempotencyKey(request);
  if (key !== undefined) reply.header("idempotency-key", key);
  // A stored 500 would only be replayed, so Stripe tells its SDKs not to try.
  if (sent.status === 500) reply.header("stripe-should-retry", "false");
  return reply.send(sent.body);
}

function idempotencyKey(request: FastifyRequest): string | undefined {
  const header = request.headers["idempotency-key"];
  return typeof header === "string" && header !== "" ? header : undefined;
}

function versionOf(request: FastifyRequest): string {
  const header = request.headers["stripe-version"];
  return typeof header === "string" ? header : apiVersion;
}

function requestIdOf(account: Account): string {
  return newId("req", account.world.now());
}

function idOf(request: FastifyRequest): string {
  const { id } = request.params as { readonly id?: string };
  return id ?? "";
}

/** The scope's only parser leaves every body as text. */
function bodyOf(request: FastifyRequest): string {
  return typeof request.body === "string" ? request.body : "";
}

function pathOf(request: FastifyRequest): string {
  return request.url.split("?")[0] ?? "";
}

function queryOf(request: FastifyRequest): string {
  const mark = request.url.indexOf("?");
  return mark === -1 ? "" : request.url.slice(mark + 1);
}
