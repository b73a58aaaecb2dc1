import { writeFileSync } from "node:fs";
import { readOutside } from "../../../tools/invariants/outside.ts";
import type { Call } from "./customer.ts";
import type { Plan } from "./plan.ts";
import type { ChaosResult } from "./run.ts";
import type { TimePassed } from "./settle.ts";
import type { System } from "./system.ts";

/**
 * A failing run, told so that a person can follow it: the breaches, and all that happened to the sessions concerned.
 */

type Line = { readonly atMs: number; readonly who: string; readonly what: string };

/** As many sessions are told in full; the others are named. */
const toldMax = 4;

/** Breaches that name no session: how much of the whole is told. */
const blowsShown = 400;

export async function writeStory(file: string, plan: Plan, system: System, result: ChaosResult): Promise<void> {
  const sessions = [...new Set(result.breaches.flatMap(({ sessionId }) => (sessionId === null ? [] : [sessionId])))];
  const parts = [headOf(plan, result, sessions)];
  for (const sessionId of sessions.slice(0, toldMax)) parts.push(await tellSession(system, result, sessionId));
  parts.push("\n# Everything that was done to the system\n", ...blowLines(result).slice(0, blowsShown).map(textOf));
  writeFileSync(file, `${parts.join("\n")}\n`);
}

function headOf(plan: Plan, { breaches, visitOf, sessionCounts }: ChaosResult, sessions: readonly string[]): string {
  const visits = plan.visits.map(({ number, behaviour }) => `${number} ${behaviour.name}`).join(", ");
  return [
    `# Seed ${plan.seed}, ${plan.visits.length} shoppers, ${plan.blows.length} blows`,
    "",
    ...breaches.map(({ sessionId, text }) => `- ${sessionId ?? "(no session)"}: ${text}`),
    "",
    `Shoppers: ${visits}`,
    `Blows: ${plan.blows.map(({ number, kind, afterVisits }) => `${number} ${kind.name} at ${afterVisits}`).join(", ")}`,
    `Sessions: ${JSON.stringify(sessionCounts)}`,
    `Concerned: ${sessions.map((id) => `${id} (shopper ${visitOf.get(id) ?? "?"})`).join(", ") || "none"}`,
  ].join("\n");
}

async function tellSession(system: System, result: ChaosResult, sessionId: string): Promise<string> {
  const visit = result.visitOf.get(sessionId);
  const calls = result.calls.filter(({ customer, request }) =>
    visit === undefined ? request.includes(sessionId) : customer === `shopper ${visit}`,
  );
  const orders = await system.query<{ orderNumber: string }>(
    `select order_number as "orderNumber" from orders.store_order where session_id = $1`,
    [sessionId],
  );
  const desk = result.calls.filter(({ request }) => orders.some(({ orderNumber }) => request.includes(orderNumber)));
  const own = [...new Set([...calls, ...desk])].flatMap(callLines);
  const lines = [
    ...own,
    ...(await rowLines(system, sessionId, result.passed)),
    ...(await recordLines(system, sessionId)),
  ];
  const fromMs = Math.min(...lines.map(({ atMs }) => atMs)) - 2_000;
  const toMs = Math.max(...own.map(({ atMs }) => atMs), fromMs) + 10_000;
  const around = blowLines(result).filter(({ atMs }) => atMs >= fromMs && atMs <= toMs);
  const all = [...lines, ...around].toSorted((a, b) => a.atMs - b.atMs);
  const title = `\n# ${sessionId}, shopper ${visit ?? "unknown"}\n`;
  return [title, ...all.map(textOf)].join("\n");
}

function callLines({ customer, request, api, key, beganMs, endedMs, said, isForgotten }: Call): Line[] {
  const answer =
    said === null ? (isForgotten ? "(left)" : "no answer") : `${said.status} ${said.code ?? shortOf(said.data)}`;
  const keyed = key === null ? "" : ` key ${key.slice(0, 6)}`;
  return [
    { atMs: beganMs, who: customer, what: `→ ${request} (${api}${keyed})` },
    { atMs: endedMs, who: customer, what: `← ${request.split("/").at(-1)}: ${answer}` },
  ];
}

function shortOf(data: unknown): string {
  const { status, payment, orders } = (data ?? {}) as { status?: string; payment?: string; orders?: unknown };
  const shown = Array.isArray(orders)
    ? orders.map((order: { museOrderNumber?: string; status?: string }) => `${order.museOrderNumber} ${order.status}`)
    : [];
  return [status, payment, ...shown].filter((word) => word !== undefined).join(", ");
}

const blowLines = ({ blows, passed }: ChaosResult): Line[] => [
  ...blows.map(({ atMs, fault, what }) => ({ atMs, who: "✸", what: `${fault}: ${what}` })),
  ...passed.map(({ atMs, seconds }) => ({ atMs, who: "⏲", what: `${seconds} s let pass` })),
];

/** Each answers (at, who, what) for a session. */
const rowsText = `
  select created_at as at, 'session' as who, 'made' as what from checkout.session where session_id = $1
  union all select updated_at, 'session', status::text || coalesce(', late payment ' || late_payment::text, '') from checkout.session where session_id = $1
  union all select paid_at, 'session', 'paid' from checkout.session where session_id = $1 and paid_at is not null
  union all select p.created_at, 'payment', p.payment_id || ' begun over ' || p.amount_minor from payment.payment p where p.session_id = $1
  union all select p.updated_at, 'payment', p.status::text || ' ' || coalesce(p.provider_ref, '') || ', generation ' || p.generation || ', asked ' || p.checks || ' times' from payment.payment p where p.session_id = $1
  union all select a.created_at, 'attempt', a.number || ' with ' || a.method_ref from payment.attempt a join payment.payment p using (payment_id) where p.session_id = $1
  union all select a.ended_at, 'attempt', a.number || ' ' || a.status || coalesce(' ' || a.failure_code, '') from payment.attempt a join payment.payment p using (payment_id) where p.session_id = $1 and a.ended_at is not null
  union all select r.created_at, 'refund', r.refund_id || ' of ' || r.amount_minor || ', ' || r.reason || ', ' || r.cause from payment.refund r join payment.payment p using (payment_id) where p.session_id = $1
  union all select r.updated_at, 'refund', r.refund_id || ' ' || r.status || ', tried ' || r.tries || ' times' from payment.refund r join payment.payment p using (payment_id) where p.session_id = $1
  union all select h.at, 'order', h.order_number || ' ' || coalesce(h.from_status::text, 'none') || ' to ' || h.to_status from orders.order_status_history h join orders.store_order o using (order_number) where o.session_id = $1
  union all select a.started_at, 'placement', a.order_number || ' attempt ' || a.fence || ' at ' || coalesce(a.connector, a.method::text) || ' by ' || coalesce(a.worker_id, '?') from placement.attempt a join orders.store_order o using (order_number) where o.session_id = $1
  union all select a.submitting_at, 'placement', a.order_number || ' attempt ' || a.fence || ' may press' from placement.attempt a join orders.store_order o using (order_number) where o.session_id = $1 and a.submitting_at is not null
  union all select a.ended_at, 'placement', a.order_number || ' attempt ' || a.fence || ' ' || a.status || coalesce(' ' || a.reason, '') || coalesce(' (' || a.detail || ')', '') || coalesce(' ' || a.store_order_number, '') || ', ' || a.lookups || ' look-ups' from placement.attempt a join orders.store_order o using (order_number) where o.session_id = $1 and a.ended_at is not null
  union all select t.opened_at, 'desk', t.order_number || ' ' || t.kind || ' wanted: ' || t.why from placement.manual_task t join orders.store_order o using (order_number) where o.session_id = $1
  union all select t.closed_at, 'desk', t.order_number || ' ' || t.status from placement.manual_task t join orders.store_order o using (order_number) where o.session_id = $1 and t.closed_at is not null
  union all select i.received_at, 'event', i.event_id || ' ' || i.type from webhook.inbox i join payment.payment p on p.payment_id = i.payment_id or i.object_ref = p.provider_ref where p.session_id = $1
  union all select i.processed_at, 'event', i.event_id || ' worked: ' || coalesce(i.outcome, '') from webhook.inbox i join payment.payment p on p.payment_id = i.payment_id or i.object_ref = p.provider_ref where p.session_id = $1 and i.processed_at is not null`;

async function rowLines({ query }: System, sessionId: string, passed: readonly TimePassed[]): Promise<Line[]> {
  const rows = await query<{ at: Date; who: string; what: string }>(rowsText, [sessionId]);
  return rows.map(({ at, who, what }) => ({ atMs: trueTime(at.getTime(), passed), who: `▤ ${who}`, what }));
}

/** A row written before time was let pass says less than it was by as much. */
function trueTime(atMs: number, passed: readonly TimePassed[]): number {
  let trueMs = atMs;
  for (const { atMs: passedMs, seconds } of passed.toReversed()) {
    if (trueMs + seconds * 1_000 <= passedMs) trueMs += seconds * 1_000;
  }
  return trueMs;
}

async function recordLines({ sandboxUrl, query }: System, sessionId: string): Promise<Line[]> {
  const { charges, refunds, storeOrders } = await readOutside(sandboxUrl);
  const orders = await query<{ orderNumber: string; storeOrderNumber: string | null }>(
    `select order_number as "orderNumber", store_order_number as "storeOrderNumber" from orders.store_order where session_id = $1`,
    [sessionId],
  );
  // A store that keeps no number of ours is known by its own.
  const numbers = orders.flatMap(({ orderNumber, storeOrderNumber }) => [orderNumber, storeOrderNumber]);
  const mine = charges.filter(
    ({ data }) => (data["metadata"] as Record<string, unknown> | undefined)?.["checkout_session_id"] === sessionId,
  );
  const intents = mine.map(({ data }) => data["paymentIntent"]);
  const back = refunds.filter(({ data }) => intents.includes(data["paymentIntent"]));
  const placed = storeOrders.filter(({ data }) =>
    [data["clientKey"], data["orderNumber"]].some((number) => numbers.includes(String(number))),
  );
  return [...mine, ...back, ...placed].map(({ at, part, kind, data }) => ({
    atMs: Date.parse(at),
    who: `☁ ${part}`,
    what: `${kind} ${[data["charge"] ?? data["refund"] ?? data["orderNumber"], data["amount"], data["clientKey"]].filter(Boolean).join(" ")}`,
  }));
}

function textOf({ atMs, who, what }: Line): string {
  return `${new Date(atMs).toISOString().slice(11, 23)}  ${who.padEnd(14)} ${what}`;
}
