import type { World } from "#core/world.ts";

/** The first answer under a key, with what was asked then. */
export type StoredAnswer = {
  readonly path: string;
  readonly params: string;
  readonly status: number;
  readonly body: string;
  readonly requestId: string;
};

export type Idempotency = {
  /** Takes the key for one request; false while another one holds it. */
  lock(key: string): boolean;
  unlock(key: string): void;
  find(key: string): StoredAnswer | undefined;
  save(key: string, answer: StoredAnswer): void;
};

export const keyLengthMax = 255;
/** Stripe prunes keys once they are at least a day old; a pruned key is a new request. */
const keptMs = 24 * 60 * 60 * 1000;

export function openIdempotency(world: World): Idempotency {
  world.db.exec(`create table if not exists stripe_idempotency (
    key text primary key, path text not null, params text not null, status integer not null, body text not null,
    request_id text not null, created_ms integer not null)`);
  const select = world.db.prepare(
    "select path, params, status, body, request_id, created_ms from stripe_idempotency where key = ?",
  );
  const upsert = world.db
    .prepare(`insert or replace into stripe_idempotency (key, path, params, status, body, request_id, created_ms)
    values (?, ?, ?, ?, ?, ?, ?)`);
  // Requests under way die with the process, so their locks need no table.
  const running = new Set<string>();

  return {
    lock(key) {
      if (running.has(key)) return false;
      running.add(key);
      return true;
    },
    unlock: (key) => void running.delete(key),
    find(key) {
      const row = select.get(key);
      if (row === undefined || Number(row["created_ms"]) < world.now() - keptMs) return undefined;
      return {
        path: String(row["path"]),
        params: String(row["params"]),
        status: Number(row["status"]),
        body: String(row["body"]),
        requestId: String(row["request_id"]),
      };
    },
    save: (key, answer) =>
      void upsert.run(key, answer.path, answer.params, answer.status, answer.body, answer.requestId, world.now()),
  };
}
