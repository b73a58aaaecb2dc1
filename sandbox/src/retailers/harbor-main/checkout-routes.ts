import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { must } from "#core/assert.ts";
import { asArray, asObject, asText, type Json } from "../read-body.ts";
import { fingerprintOf, type Answer } from "../remembered-answers.ts";
import { driftPercentOf, isFaulted, originOf } from "../retail.ts";
import { findStore } from "../stores.ts";
import { drawCheckout, type Drawn, type Forced, type Message } from "./checkout.ts";
import { checkoutEnvelope, type UcpVersion } from "./profile.ts";
import { admit, base, route, slug, type Desk } from "./desk.ts";
import { changeSession, newSession, type Session } from "./session.ts";

type Call = {
  readonly desk: Desk;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly version: UcpVersion;
};
type SessionParams = { readonly id: string };
/** `isLasting`: it changed something, so it is kept under the idempotency key. */
type Outcome = { readonly status: number; readonly body: Json; readonly isLasting: boolean };

export function addCheckoutRoutes(app: FastifyInstance, desk: Desk): void {
  const sessions = `${base}/ucp/v1/checkout-sessions`;
  app.post(sessions, route("checkout_sessions.create"), (request, reply) => serve(desk, request, reply, create));
  app.get<{ Params: SessionParams }>(`${sessions}/:id`, route("checkout_sessions.get"), (request, reply) =>
    serve(desk, request, reply, (call) => withSession(call, (session) => shown(call, session, false))),
  );
  app.put<{ Params: SessionParams }>(`${sessions}/:id`, route("checkout_sessions.update"), (request, reply) =>
    serve(desk, request, reply, (call) => withSession(call, (session) => update(call, session))),
  );
  app.post<{ Params: SessionParams }>(
    `${sessions}/:id/complete`,
    route("checkout_sessions.complete"),
    (request, reply) => serve(desk, request, reply, (call) => withSession(call, (session) => complete(call, session))),
  );
  app.post<{ Params: SessionParams }>(`${sessions}/:id/cancel`, route("checkout_sessions.cancel"), (request, reply) =>
    serve(desk, request, reply, (call) => withSession(call, (session) => cancel(call, session))),
  );
}

/** Admits the caller, answers a repeated key with the first answer, and runs the rest as one transaction. */
function serve(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  handle: (call: Call) => Outcome,
): FastifyReply {
  const version = admit(request, reply);
  if (version === undefined) return reply;
  const header = request.headers["idempotency-key"];
  const key = request.method === "GET" || typeof header !== "string" ? undefined : header;
  const fingerprint = key === undefined ? "" : fingerprintOf(request.method, request.url, request.body);
  const answer = desk.world.atomically((): Answer => {
    const known = key === undefined ? { kind: "new" as const } : desk.answers.recall(slug, key, fingerprint);
    if (known.kind === "same") return known.answer;
    if (known.kind === "other_request") return conflict("The idempotency key was used with other parameters.");
    const outcome = handle({ desk, request, reply, version });
    const fresh = { status: outcome.status, body: JSON.stringify(outcome.body) };
    if (key !== undefined && outcome.isLasting) desk.answers.remember(slug, key, fingerprint, fresh);
    return fresh;
  });
  const isPlaced =
    request.routeOptions.config.endpoint === "checkout_sessions.complete" &&
    answer.body.includes('"status":"completed"');
  if (isPlaced && isFaulted(desk, request, "accept_then_timeout")) return reply.hijack();
  return reply.code(answer.status).type("application/json").send(answer.body);
}

function conflict(content: string): Answer {
  return { status: 409, body: JSON.stringify({ code: "conflict", content }) };
}

function withSession(call: Call, work: (session: Session) => Outcome): Outcome {
  const session = call.desk.sessions.find((call.request.params as SessionParams).id);
  if (session !== undefined) return work(session);
  return failed(call.version, [
    { type: "error", code: "not_found", content: "No such checkout session.", severity: "unrecoverable" },
  ]);
}

function create(call: Call): Outcome {
  const lacking = lackedByFirst(call, []);
  if (lacking !== undefined) return lacking;
  const session = { ...newSession(asObject(call.request.body)), driftPercent: driftPercentOf(call.desk, call.request) };
  if (session.lines.length === 0) {
    return {
      status: 400,
      body: { code: "invalid_request", content: "line_items has at least one entry." },
      isLasting: false,
    };
  }
  const forced = forcedBy(call);
  const drawn = draw(call, session, forced);
  const messages = (drawn.checkout["messages"] as readonly Message[]).filter(
    (message) => message.code === "out_of_stock",
  );
  if (messages.length === session.lines.length && call.version === "2026-04-08") {
    return failed(
      call.version,
      messages.map((message) => ({ ...message, severity: "unrecoverable" })),
    );
  }
  call.desk.sessions.save({ ...session, shownTotalCents: drawn.totalCents });
  return { status: 201, body: drawn.checkout, isLasting: true };
}

function update(call: Call, session: Session): Outcome {
  if (session.status !== "open") return immutable(session);
  const lacking = lackedByFirst(call, ["id"]);
  if (lacking !== undefined) return lacking;
  const percent = driftPercentOf(call.desk, call.request);
  const changed = changeSession(session, asObject(call.request.body));
  return shown(call, { ...changed, driftPercent: percent === 0 ? session.driftPercent : percent }, true);
}

function shown(call: Call, session: Session, isChanged: boolean): Outcome {
  const drawn = draw(call, session, forcedBy(call));
  if (isChanged) call.desk.sessions.save({ ...session, shownTotalCents: drawn.totalCents });
  return { status: 200, body: drawn.checkout, isLasting: isChanged };
}

function complete(call: Call, session: Session): Outcome {
  if (session.status !== "open") return immutable(session);
  const { desk } = call;
  const percent = driftPercentOf(desk, call.request);
  const current = percent === 0 ? session : { ...session, driftPercent: percent };
  const drawn = draw(call, current, forcedBy(call));
  const problem = !drawn.isReady ? [] : (paymentProblem(call) ?? priceProblem(session, drawn));
  if (!drawn.isReady || problem.length > 0) {
    desk.sessions.save({ ...current, shownTotalCents: drawn.totalCents });
    const messages = [...(drawn.checkout["messages"] as readonly Message[]), ...problem];
    return { status: 200, body: { ...drawn.checkout, messages }, isLasting: false };
  }

  const accepted = desk.orders.accept({
    slug,
    reference: current.reference,
    checkoutId: current.id,
    lines: current.lines,
    shipTo: must(current.destination, "a session that is ready has a destination"),
    email: must(current.buyer, "a session that is ready has a buyer").email,
    shippingOptionId: must(current.shippingOptionId, "a session that is ready has its delivery chosen"),
    expectedTotalCents: drawn.totalCents,
    driftPercent: current.driftPercent,
  });
  if (accepted.kind !== "accepted") {
    // Two lines of one sku can each be there and not both: only the shelf finds that.
    const content = "Not enough of it is left.";
    const messages: readonly Message[] = [{ type: "error", code: "out_of_stock", content, severity: "recoverable" }];
    return { status: 200, body: { ...drawn.checkout, status: "incomplete", messages }, isLasting: false };
  }
  const completed: Session = { ...current, status: "completed", orderNumber: accepted.order.number };
  desk.sessions.save(completed);
  return { status: 200, body: draw(call, completed, noFault).checkout, isLasting: true };
}

function cancel(call: Call, session: Session): Outcome {
  if (session.status !== "open") return immutable(session);
  return shown(call, { ...session, status: "canceled" }, true);
}

/** A session that has ended is read, not changed. */
function immutable(session: Session): Outcome {
  return {
    status: 409,
    body: { code: "invalid_state", content: `The checkout session is ${session.status}.` },
    isLasting: false,
  };
}

function failed(version: UcpVersion, messages: readonly Message[]): Outcome {
  const more = { messages: messages.map((message) => ({ ...message, ...severityIn(version, message) })) };
  const body = {
    ucp: checkoutEnvelope(version, "error"),
    // Until there was a status of the whole answer, the session's said that it went wrong.
    ...(version === "2026-04-08" ? {} : { status: "requires_escalation" }),
    ...more,
    continue_url: "https://harborandmain.example/",
  };
  return { status: 200, body, isLasting: false };
}

function draw(call: Call, session: Session, forced: Forced): Drawn {
  return drawCheckout(call.desk, session, {
    version: call.version,
    baseUrl: `${originOf(call.request)}${base}`,
    forced,
  });
}

/** "unrecoverable" came with 2026-04-08. */
function severityIn(version: UcpVersion, { severity }: Message): Pick<Message, "severity"> {
  if (severity === undefined || version === "2026-04-08" || severity === "recoverable") return {};
  return { severity: "requires_buyer_input" };
}

/** The first version wants the currency and a word on payment with every change. */
function lackedByFirst(call: Call, more: readonly string[]): Outcome | undefined {
  const body = asObject(call.request.body);
  const lacking = ["currency", "payment", ...more].find((field) => body[field] === undefined);
  if (call.version !== "2026-01-11" || lacking === undefined) return undefined;
  return { status: 400, body: { code: "invalid_request", content: `${lacking} is required.` }, isLasting: false };
}

const noFault: Forced = { outOfStock: false, addressRefused: false };

function forcedBy(call: Call): Forced {
  if (call.desk.world.faults.isQuiet() || call.request.method === "GET") return noFault;
  return {
    outOfStock: isFaulted(call.desk, call.request, "out_of_stock"),
    addressRefused: isFaulted(call.desk, call.request, "refuse_address"),
  };
}

/** Undefined when the partner's account is named; the messages otherwise. */
function paymentProblem({ request, version }: Call): readonly Message[] | undefined {
  const body = asObject(request.body);
  const instruments =
    version === "2026-01-11"
      ? [asObject(body["payment_data"])]
      : asArray(asObject(body["payment"])["instruments"]).map(asObject);
  const instrument = instruments.find((candidate) => candidate["selected"] === true) ?? instruments[0];
  const account = asText(asObject(instrument?.["credential"])["account"]);
  const { paymentHandlerId, paymentAccount } = must(findStore(slug), "harbor-main is a store").credentials;
  if (instrument?.["handler_id"] === paymentHandlerId && account === paymentAccount) return undefined;
  const content = "Name your partner account as the payment instrument.";
  return [
    { type: "error", code: "payment_failed", content, severity: "recoverable", path: "$.payment.instruments[0]" },
  ];
}

function priceProblem(session: Session, drawn: Drawn): readonly Message[] {
  if (session.shownTotalCents === drawn.totalCents) return [];
  return [
    {
      type: "warning",
      code: "price_changed",
      content: "The total has changed; complete again to accept it.",
      path: "$.totals",
    },
  ];
}
