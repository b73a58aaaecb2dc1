import type { DeskAttention, DeskQueue } from "@muse/contracts/ops-store";
import type { z } from "zod";
import { sleep } from "#kernel/backoff.ts";
import { toWire } from "#kernel/money.ts";
import type { Pool } from "#platform/db/pool.ts";
import type { EventStream } from "#platform/http/event-stream.ts";
import { healthEvents } from "#rooms/store";
import { deskNow, type DeskNowRow } from "./desk.sql.gen.ts";
import type { DeskWatch } from "./desk-watch.ts";
import { presentAlert } from "./store-state-routes.ts";

/** Deadlines pass without any commit, and a word may get lost: a look of our own finds it this much later at most. */
const lookAnywayMs = 5_000;

/** What moves together is told together. */
const gatherMs = 150;

/** After this long the stream ends and the page opens another, with a fresh look at who is asking. */
const streamMsMax = 15 * 60_000;

/** More changed orders than this are not named one by one; the page reads its list again in any case. */
const changedMax = 200;

/** So many alerts at once at most, after a page comes back; the rest is in the list. */
const alertsMax = 50;

/**
 * Sends the desk's state now and whenever it moves, and each alert once, until nobody listens.
 *
 * @param seenAlertId the newest alert the page has seen (`Last-Event-ID`); null begins with those that come from now on
 */
export async function streamDesk(
  db: Pool,
  watch: DeskWatch,
  stream: EventStream,
  seenAlertId: bigint | null,
): Promise<void> {
  const changed = new Set<string>();
  let wake = (): void => undefined;
  const stop = watch.hear((orderNumber) => {
    if (orderNumber !== null) changed.add(orderNumber);
    wake();
  });
  const endsAtMs = performance.now() + streamMsMax;
  const sent = { queue: "", attention: "" };
  let seen = seenAlertId;
  try {
    while (!stream.signal.aborted && performance.now() < endsAtMs) {
      const moved = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const named = [...changed].slice(0, changedMax);
      changed.clear();
      const now = await deskNow(db);
      sendState(stream, now, named, sent);
      seen = await sendAlerts(db, stream, seen ?? now.lastEventId, now.lastEventId);
      await movedOrGone(moved, stream.signal);
      if (!stream.signal.aborted && changed.size > 0) await sleep(gatherMs);
    }
  } finally {
    stop();
    stream.close();
  }
}

function sendState(
  stream: EventStream,
  now: DeskNowRow,
  changed: readonly string[],
  sent: { queue: string; attention: string },
): void {
  const queue: z.infer<typeof DeskQueue> = {
    open: toWire(now.open),
    claimed: toWire(now.claimed),
    overdue: toWire(now.overdue),
    nextDeadlineAt: now.nextDeadlineAt?.toISOString() ?? null,
    changed: [...changed],
  };
  const attention: z.infer<typeof DeskAttention> = {
    refundApprovals: toWire(now.refundApprovals),
    refundRequests: toWire(now.refundRequests),
    storesSick: toWire(now.storesSick),
  };
  const queueText = JSON.stringify({ ...queue, changed: [] });
  if (queueText !== sent.queue || changed.length > 0) stream.send("queue", queue);
  sent.queue = queueText;
  const attentionText = JSON.stringify(attention);
  if (attentionText !== sent.attention) stream.send("attention", attention);
  sent.attention = attentionText;
}

/** Those after `seen`, oldest first, each under its number so that a page that comes back misses none. */
async function sendAlerts(db: Pool, stream: EventStream, seen: bigint, newest: bigint): Promise<bigint> {
  if (newest <= seen) return seen;
  const rows = await healthEvents(db, { storeId: null, beforeId: null, limit: alertsMax });
  for (const row of rows.filter(({ eventId }) => eventId > seen).toReversed()) {
    stream.send("alert", presentAlert(row), String(row.eventId));
  }
  return newest;
}

async function movedOrGone(moved: Promise<void>, signal: AbortSignal): Promise<void> {
  const looking = new AbortController();
  const either = AbortSignal.any([signal, looking.signal]);
  await Promise.race([moved, sleep(lookAnywayMs, either).catch(() => undefined)]);
  looking.abort();
}
