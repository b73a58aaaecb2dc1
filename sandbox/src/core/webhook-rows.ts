import type { DatabaseSync } from "node:sqlite";

/**
 * Something a source tells the world. `source` is "stripe" or a store's slug; `body` is sent and signed as it stands.
 */
export type WebhookEvent = {
  readonly source: string;
  readonly id: string;
  readonly type: string;
  readonly body: string;
};
export type StoredEvent = WebhookEvent & { readonly seq: number };

export type EventFilter = {
  readonly types?: readonly string[] | undefined;
  /** Only events older (lower `seq`) than this one. */
  readonly beforeSeq?: number | undefined;
  /** Only events newer than this one, oldest first. */
  readonly afterSeq?: number | undefined;
  readonly limit: number;
};

/** One event on its way to one target. */
export type Delivery = {
  readonly seq: number;
  readonly event: WebhookEvent;
  readonly targetId: string;
  readonly attempts: number;
};

/** Events and their deliveries as they stand in the state file. */
export type DeliveryRows = {
  addEvent(event: WebhookEvent, nowMs: number): void;
  event(eventId: string): StoredEvent | undefined;
  events(source: string, filter: EventFilter): readonly StoredEvent[];
  add(eventId: string, targetId: string, dueMs: number, isDropped: boolean): number;
  postpone(seq: number, attempts: number, dueMs: number): void;
  settle(seq: number, state: "delivered" | "given_up" | "gone"): void;
  pending(): readonly { readonly delivery: Delivery; readonly dueMs: number }[];
  countPending(): number;
};

export function openDeliveryRows(db: DatabaseSync): DeliveryRows {
  db.exec(`
    create table if not exists webhook_event (
      seq integer primary key autoincrement, id text not null unique, source text not null, type text not null,
      created_ms integer not null, body text not null);
    create index if not exists webhook_event_by_source on webhook_event (source, seq);
    create table if not exists webhook_delivery (
      seq integer primary key autoincrement, event_id text not null, target_id text not null,
      state text not null, attempts integer not null, due_ms integer not null);
    create index if not exists webhook_delivery_pending on webhook_delivery (due_ms) where state = 'pending';
  `);
  const insertEvent = db.prepare(
    "insert into webhook_event (id, source, type, created_ms, body) values (?, ?, ?, ?, ?)",
  );
  const selectEvent = db.prepare("select seq, id, source, type, body from webhook_event where id = ?");
  const older = db.prepare(
    "select seq, id, source, type, body from webhook_event where source = ? and seq < ? order by seq desc",
  );
  const newer = db.prepare(
    "select seq, id, source, type, body from webhook_event where source = ? and seq > ? order by seq",
  );
  const insert = db.prepare(
    "insert into webhook_delivery (event_id, target_id, state, attempts, due_ms) values (?, ?, ?, 0, ?)",
  );
  const postpone = db.prepare("update webhook_delivery set attempts = ?, due_ms = ? where seq = ?");
  const settle = db.prepare("update webhook_delivery set state = ?, attempts = attempts + 1 where seq = ?");
  const count = db.prepare("select count(*) as count from webhook_delivery where state = 'pending'");
  const pending =
    db.prepare(`select d.seq as delivery_seq, d.target_id, d.attempts, d.due_ms, e.seq, e.id, e.source, e.type, e.body
    from webhook_delivery d join webhook_event e on e.id = d.event_id where d.state = 'pending' order by d.due_ms`);

  return {
    addEvent: (event, nowMs) => void insertEvent.run(event.id, event.source, event.type, nowMs, event.body),
    event(eventId) {
      const row = selectEvent.get(eventId);
      return row === undefined ? undefined : toEvent(row);
    },
    events(source, filter) {
      const found: StoredEvent[] = [];
      const isForward = filter.afterSeq !== undefined;
      const scan = isForward
        ? newer.iterate(source, filter.afterSeq)
        : older.iterate(source, filter.beforeSeq ?? Number.MAX_SAFE_INTEGER);
      for (const row of scan) {
        if (filter.types !== undefined && !filter.types.includes(String(row["type"]))) continue;
        found.push(toEvent(row));
        if (found.length >= filter.limit) break;
      }
      return found;
    },
    add: (eventId, targetId, dueMs, isDropped) =>
      Number(insert.run(eventId, targetId, isDropped ? "dropped" : "pending", dueMs).lastInsertRowid),
    postpone: (seq, attempts, dueMs) => void postpone.run(attempts, dueMs, seq),
    settle: (seq, state) => void settle.run(state, seq),
    pending: () =>
      pending.all().map((row) => ({
        delivery: {
          seq: Number(row["delivery_seq"]),
          event: toEvent(row),
          targetId: String(row["target_id"]),
          attempts: Number(row["attempts"]),
        },
        dueMs: Number(row["due_ms"]),
      })),
    countPending: () => Number(count.get()?.["count"] ?? 0),
  };
}

function toEvent(row: Record<string, unknown>): StoredEvent {
  return {
    seq: Number(row["seq"]),
    id: String(row["id"]),
    source: String(row["source"]),
    type: String(row["type"]),
    body: String(row["body"]),
  };
}
