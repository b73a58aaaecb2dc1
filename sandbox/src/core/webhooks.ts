import type { DatabaseSync } from "node:sqlite";

import type { Settings } from "#core/database.ts";
import type { Faults, Rule } from "#core/faults.ts";
import { openDeliveryRows, type EventFilter, type StoredEvent, type WebhookEvent } from "#core/webhook-rows.ts";
import { openWebhookSender } from "#core/webhook-sender.ts";
import { openTargetBook, type Target, type TargetBook } from "#core/webhook-targets.ts";

export type Webhooks = {
  /**
   * Stores the event and its deliveries (in the caller's transaction if there is one) and sends them in the
   * background, at least once, over restarts too. The promise is for `webhook_first` alone: await it before
   * answering, when one is answering a request; otherwise it is resolved at once. It never rejects.
   */
  publish(event: WebhookEvent): Promise<void>;
  /** Sends a stored event again to everybody who wants it now; false when there is no such event. */
  redeliver(eventId: string): boolean;
  event(eventId: string): StoredEvent | undefined;
  /** Newest first (oldest first with `afterSeq`). */
  events(source: string, filter: EventFilter): readonly StoredEvent[];
  readonly targets: TargetBook;
  /** How many deliveries still wait to be sent. */
  countPending(): number;
  /** Goes on with what an earlier process left; called once every part has named its targets. */
  resume(): void;
  forget(): void;
  close(): void;
};

export type WebhookDeps = {
  readonly db: DatabaseSync;
  readonly settings: Settings;
  readonly faults: Faults;
  readonly appUrl: string;
  readonly now: () => number;
};

const lateMsDefault = 5_000;

export function openWebhooks(deps: WebhookDeps): Webhooks {
  const { faults, now } = deps;
  const rows = openDeliveryRows(deps.db);
  const targets = openTargetBook(deps.settings, deps.appUrl);
  const sender = openWebhookSender(rows, targets, now);

  const enqueue = (event: WebhookEvent, target: Target, isDropped: boolean) => ({
    seq: rows.add(event.id, target.id, now(), isDropped),
    event,
    targetId: target.id,
    attempts: 0,
  });

  /** Sends one event to one target as the fault rules will have it; a promise only when the caller must wait for it. */
  const dispatch = (event: WebhookEvent, target: Target): Promise<void> | undefined => {
    const rule = webhookFault(faults, event);
    const delivery = enqueue(event, target, rule?.kind === "webhook_drop");
    switch (rule?.kind) {
      case "webhook_drop":
        return undefined;
      case "webhook_first":
        return sender.send(delivery);
      case "webhook_late":
        sender.sendLater(delivery, rule.latencyMs ?? lateMsDefault);
        return undefined;
      case "webhook_reorder":
        sender.holdBack(delivery);
        return undefined;
      case "webhook_duplicate": {
        const extraCount = typeof rule.value === "number" ? rule.value : 1;
        for (let copy = 0; copy < extraCount; copy += 1) sender.sendSoon(enqueue(event, target, false));
        break;
      }
      default:
        break;
    }
    sender.sendSoon(delivery);
    return undefined;
  };

  return {
    targets,
    publish(event) {
      rows.addEvent(event, now());
      const sent = targets.wanting(event.source, event.type).map((target) => dispatch(event, target));
      return sent.some((first) => first !== undefined)
        ? Promise.all(sent.filter((first) => first !== undefined)).then(() => undefined)
        : settled;
    },
    redeliver(eventId) {
      const event = rows.event(eventId);
      if (event === undefined) return false;
      for (const target of targets.wanting(event.source, event.type)) sender.sendSoon(enqueue(event, target, false));
      return true;
    },
    event: (eventId) => rows.event(eventId),
    events: (source, filter) => rows.events(source, filter),
    countPending: () => rows.countPending(),
    resume: () => sender.resume(),
    forget() {
      sender.forget();
      targets.forget();
    },
    close: () => sender.close(),
  };
}

const settled = Promise.resolve();
const webhookKinds: readonly string[] = [
  "webhook_duplicate",
  "webhook_late",
  "webhook_drop",
  "webhook_reorder",
  "webhook_first",
];

/** Rules aim at the source ("stripe", a slug) or at "webhooks" in general; the endpoint is the event's type or "*". */
function webhookFault(faults: Faults, event: WebhookEvent): Rule | undefined {
  if (faults.isQuiet()) return undefined;
  return (
    faults.hit(event.source, event.type, event.body, webhookKinds) ??
    faults.hit("webhooks", event.type, event.body, webhookKinds)
  );
}
