import assert from "node:assert/strict";
import { test } from "node:test";
import { must } from "#kernel/assert.ts";
import { openListener } from "#platform/db/listen.ts";
import { as } from "#platform/http/test-server.ts";
import { openTestDb } from "../../../test/db.ts";
import { makeStore } from "../../../test/makers.ts";
import { paidOrder } from "../../../test/paid-orders.ts";
import { code, openDeskCaller } from "./test/desk-caller.ts";

const { pool, url, beforeClose } = await openTestDb();
const { http, watch, call } = openDeskCaller(pool);
const base = await http.fastify.listen({ port: 0, host: "127.0.0.1" });
const listener = await openListener({ connectionString: url, applicationName: "test", onReconnect: () => undefined });
beforeClose(async () => await listener.close());
await watch.follow(listener);

/** What any of the desk's events holds. */
type HeardData = {
  readonly open?: number;
  readonly claimed?: number;
  readonly changed?: readonly string[];
  readonly nextDeadlineAt?: string | null;
  readonly refundApprovals?: number;
  readonly storesSick?: number;
  readonly alertId?: string;
  readonly storeId?: string;
  readonly kind?: string;
  readonly bad?: number;
};
type Heard = { readonly event: string; readonly id: string | null; readonly data: HeardData };

/** An open desk: what it was sent so far, and waiting for more. */
async function openDesk(headers: Record<string, string> = {}) {
  const leaving = new AbortController();
  const answered = await fetch(`${base}/api/v1/admin/desk/events`, {
    headers: { ...as("ops", "acc_ops"), ...headers },
    signal: leaving.signal,
  });
  assert.equal(answered.status, 200);
  const heard: Heard[] = [];
  let wake = (): void => undefined;
  const reading = (async () => {
    let text = "";
    for await (const chunk of must(answered.body, "a body").pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const parts = text.split("\n\n");
      text = parts.pop() ?? "";
      heard.push(...parts.flatMap(heardIn));
      wake();
    }
  })().catch(() => undefined);
  const waitFor = async (isIt: (each: Heard) => boolean): Promise<Heard> => {
    for (;;) {
      const moved = new Promise<void>((resolve) => (wake = resolve));
      const found = heard.find(isIt);
      if (found !== undefined) return found;
      await moved;
    }
  };
  return {
    heard,
    waitFor,
    close: async () => {
      leaving.abort();
      await reading;
    },
  };
}

function heardIn(part: string): Heard[] {
  const field = (name: string): string | null => new RegExp(`^${name}: (.*)$`, "m").exec(part)?.[1] ?? null;
  const event = field("event");
  return event === null ? [] : [{ event, id: field("id"), data: JSON.parse(field("data") ?? "{}") as HeardData }];
}

test(
  "a desk is told how it stands at once, and of a task as it comes, is claimed, and is another than it was",
  { timeout: 20_000 },
  async () => {
    const desk = await openDesk();
    const first = await desk.waitFor(({ event }) => event === "queue");
    assert.deepEqual(first.data, { open: 0, claimed: 0, overdue: 0, nextDeadlineAt: null, changed: [] });
    const attention = await desk.waitFor(({ event }) => event === "attention");
    assert.deepEqual(attention.data, { refundApprovals: 0, refundRequests: 0, storesSick: 0 });

    const startedMs = performance.now();
    const { orderNumber } = await paidOrder(pool, {});
    const come = await desk.waitFor(({ data }) => data.changed?.includes(orderNumber) === true && data.open === 1);
    assert.ok(Date.parse(must(come.data.nextDeadlineAt, "a deadline")) > Date.now());
    await pool.query("select placement.task_claim_1($1, 'acc_ops', interval '15 minutes')", [orderNumber]);
    await desk.waitFor(({ data }) => data.claimed === 1 && data.changed?.includes(orderNumber) === true);
    const told = () => desk.heard.filter(({ data }) => data.changed?.includes(orderNumber) === true).length;
    const before = told();
    await pool.query("select placement.to_manual_1($1, 'outcome_unknown', 'no answer', true)", [orderNumber]);
    await desk.waitFor(() => told() > before);
    assert.ok(performance.now() - startedMs < 4_500, "told by the commit, not by looking again");
    await desk.close();
  },
);

test(
  "two desks hear of one store's illness once each; one that comes back hears what it missed",
  { timeout: 20_000 },
  async () => {
    const storeId = await makeStore(pool, { connector: "rest-oauth" });
    const [one, two] = [await openDesk(), await openDesk()];
    await one.waitFor(({ event }) => event === "queue");
    await two.waitFor(({ event }) => event === "queue");
    await pool.query("select store.tell_1($1, 1, 'unavailable', 'unreachable', 20) from generate_series(1, 20)", [
      storeId,
    ]);
    await pool.query("select store.fold_health_1()");
    for (const desk of [one, two]) {
      const { data, id } = await desk.waitFor(({ event }) => event === "alert");
      assert.deepEqual([data.storeId, data.kind, data.bad, id], [storeId, "sick", 20, data.alertId]);
      await desk.waitFor(({ event, data: { storesSick } }) => event === "attention" && storesSick === 1);
    }
    const { id } = await one.waitFor(({ event }) => event === "alert");
    await one.close();
    await call("POST", `/stores/${storeId}/resume`, { payload: {} });
    const back = await openDesk({ "last-event-id": must(id, "alerts have ids") });
    const missed = await back.waitFor(({ event }) => event === "alert");
    assert.equal(missed.data.kind, "resumed");
    await two.waitFor(({ event, data: { kind } }) => event === "alert" && kind === "resumed");
    assert.equal(two.heard.filter(({ event }) => event === "alert").length, 2);
    await back.close();
    await two.close();
  },
);

test("a refund that waits for a second person is told", { timeout: 20_000 }, async () => {
  const desk = await openDesk();
  const { orderNumber } = await paidOrder(pool, { lines: [{ priceMinor: 50_000 }] });
  const asked = await call("POST", `/orders/${orderNumber}/refund`, {
    payload: { amountCents: 40_000, reason: "late" },
  });
  assert.equal(asked.body.data.status, "waiting", JSON.stringify(asked.body));
  await desk.waitFor(({ event, data: { refundApprovals } }) => event === "attention" && refundApprovals === 1);
  await desk.close();
});

test("nobody else listens there (P3)", async () => {
  for (const [headers, expected] of [
    [{}, 401],
    [as("shopper", "acc_s"), 403],
  ] as const) {
    const answered = await fetch(`${base}/api/v1/admin/desk/events`, { headers });
    assert.equal(answered.status, expected);
    await answered.text();
  }
  assert.deepEqual(code(await call("GET", "/metrics/series?range=1y")), [400, "request_invalid"]);
});
