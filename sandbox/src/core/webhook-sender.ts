import { openPoster, signBody } from "#core/post-signed.ts";
import type { Delivery, DeliveryRows } from "#core/webhook-rows.ts";
import type { Target, TargetBook } from "#core/webhook-targets.ts";

export type WebhookSender = {
  /** Tries now; on failure tries again later by itself. Resolves after the first attempt and never rejects. */
  send(delivery: Delivery): Promise<void>;
  sendSoon(delivery: Delivery): void;
  sendLater(delivery: Delivery, delayMs: number): void;
  /** Keeps a delivery until the next one to the same target has gone out, or a little while at most. */
  holdBack(delivery: Delivery): void;
  /** Goes on with what an earlier process left undelivered. */
  resume(): void;
  /** Forgets everything that waits in memory. */
  forget(): void;
  close(): void;
};

const timeoutMs = 10_000;
const backoffMsMax = 60_000;
/** 1 s, 2 s, 4 s … then every minute: about a quarter of an hour in all, longer than any restart of the receiver. */
const attemptsMax = 20;
/** A reordered event waits for the next one to overtake it, but not for ever. */
const holdMsMax = 2_000;

/** Toss tries again after 1, 4, 16 … 4096 minutes. Here a minute takes a second, so that a run may see it. */
const tossAgainMs = [1, 4, 16, 64, 256, 1024, 4096].map((minutes) => minutes * 1000);

export function openWebhookSender(rows: DeliveryRows, targets: TargetBook, now: () => number): WebhookSender {
  const poster = openPoster();
  const timers = new Set<NodeJS.Timeout>();
  const held = new Map<string, Delivery[]>();
  let isClosed = false;

  const after = (delayMs: number, work: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, delayMs);
    timer.unref();
    timers.add(timer);
  };

  const send = async (delivery: Delivery): Promise<void> => {
    if (isClosed) return;
    const { event } = delivery;
    const target = targets.byId(event.source, delivery.targetId);
    if (target === undefined) return rows.settle(delivery.seq, "gone");
    const headers = headersOf(delivery, target, now());
    const status = await poster.post({ url: target.url, body: event.body, headers, timeoutMs });
    if (isClosed) return;
    releaseHeld(target.id);
    const isTaken = event.source === "toss" ? status === 200 : status >= 200 && status < 300;
    if (isTaken) return rows.settle(delivery.seq, "delivered");
    const attempts = delivery.attempts + 1;
    const delayMs = delayBefore(event.source, attempts);
    if (delayMs === undefined) return rows.settle(delivery.seq, "given_up");
    sendLater({ ...delivery, attempts }, delayMs);
  };
  const start = (delivery: Delivery): void => void send(delivery);
  const sendLater = (delivery: Delivery, delayMs: number): void => {
    rows.postpone(delivery.seq, delivery.attempts, now() + delayMs);
    after(delayMs, () => start(delivery));
  };
  const releaseHeld = (targetId: string): void => {
    const deliveries = held.get(targetId);
    if (deliveries === undefined) return;
    held.delete(targetId);
    for (const delivery of deliveries) start(delivery);
  };
  const forget = (): void => {
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
    held.clear();
  };

  return {
    send,
    sendSoon: (delivery) => void setImmediate(start, delivery),
    sendLater,
    holdBack(delivery) {
      held.set(delivery.targetId, [...(held.get(delivery.targetId) ?? []), delivery]);
      after(holdMsMax, () => releaseHeld(delivery.targetId));
    },
    resume() {
      for (const { delivery, dueMs } of rows.pending()) after(Math.max(0, dueMs - now()), () => start(delivery));
    },
    forget,
    close() {
      isClosed = true;
      forget();
      poster.close();
    },
  };
}

/** Until the next try after so many; undefined when it was the last. */
function delayBefore(source: string, attempts: number): number | undefined {
  if (source === "toss") return tossAgainMs[attempts - 1];
  return attempts >= attemptsMax ? undefined : Math.min(1000 * 2 ** (attempts - 1), backoffMsMax);
}

/** A fresh time is signed for every attempt, as Stripe does. Toss signs nothing of a payment. */
function headersOf({ event, attempts }: Delivery, { secret }: Target, nowMs: number): Readonly<Record<string, string>> {
  if (event.source === "toss") {
    return {
      "tosspayments-webhook-transmission-id": event.id,
      "tosspayments-webhook-transmission-time": new Date(nowMs).toISOString(),
      "tosspayments-webhook-transmission-retried-count": String(attempts),
    };
  }
  const header = event.source === "stripe" ? "stripe-signature" : "store-signature";
  return { [header]: signBody(event.body, secret, nowMs) };
}
