import type { World } from "#core/world.ts";

export type StoredAnswer = { readonly status: number; readonly body: string };

export type Idempotency = {
  lock(name: string): boolean;
  unlock(name: string): void;
  find(name: string): StoredAnswer | undefined;
  save(name: string, answer: StoredAnswer): void;
};

export const keyLengthMax = 300;
/** @see https://docs.tosspayments.com/reference/using-api/authorization#멱등키 */
const keptMs = 15 * 24 * 3_600_000;

/**
 * The first answer of a key, an API key, an address and a method together. What was asked is not compared: the same key
 * for another amount gets the first answer, as at Toss.
 */
export function openIdempotency(world: World, now: () => number): Idempotency {
  world.db.exec(`create table if not exists toss_idempotency (
    name text primary key, status integer not null, body text not null, created_ms integer not null)`);
  const select = world.db.prepare("select status, body, created_ms from toss_idempotency where name = ?");
  const upsert = world.db.prepare(
    "insert or replace into toss_idempotency (name, status, body, created_ms) values (?, ?, ?, ?)",
  );
  const running = new Set<string>();
  return {
    lock(name) {
      if (running.has(name)) return false;
      running.add(name);
      return true;
    },
    unlock: (name) => void running.delete(name),
    find(name) {
      const row = select.get(name);
      if (row === undefined || Number(row["created_ms"]) < now() - keptMs) return undefined;
      return { status: Number(row["status"]), body: String(row["body"]) };
    },
    save: (name, { status, body }) => void upsert.run(name, status, body, now()),
  };
}
