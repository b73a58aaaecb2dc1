import { hash } from "node:crypto";

import type { World } from "#core/world.ts";

export type Answer = { readonly status: number; readonly body: string };
export type Recollection =
  | { readonly kind: "new" }
  | { readonly kind: "same"; readonly answer: Answer }
  | { readonly kind: "other_request" };

/**
 * Answers kept under an idempotency key, per store. Only answers to requests that changed something are worth
 * keeping.
 */
export type RememberedAnswers = {
  recall(slug: string, key: string, fingerprint: string): Recollection;
  remember(slug: string, key: string, fingerprint: string, answer: Answer): void;
};

export function openRememberedAnswers(world: World): RememberedAnswers {
  world.db.exec(`create table if not exists remembered_answer (
    slug text not null, key text not null, fingerprint text not null, status integer not null, body text not null,
    at_ms integer not null, primary key (slug, key)) without rowid`);
  const select = world.db.prepare("select fingerprint, status, body from remembered_answer where slug = ? and key = ?");
  const insert = world.db.prepare(
    "insert into remembered_answer (slug, key, fingerprint, status, body, at_ms) values (?, ?, ?, ?, ?, ?)",
  );
  return {
    recall(slug, key, fingerprint) {
      const row = select.get(slug, key);
      if (row === undefined) return { kind: "new" };
      if (row["fingerprint"] !== fingerprint) return { kind: "other_request" };
      return { kind: "same", answer: { status: Number(row["status"]), body: String(row["body"]) } };
    },
    remember(slug, key, fingerprint, answer) {
      insert.run(slug, key, fingerprint, answer.status, answer.body, world.now());
    },
  };
}

/** What makes two requests "the same": method, path and body. */
export function fingerprintOf(method: string, url: string, body: unknown): string {
  return hash("sha256", `${method} ${url}\n${JSON.stringify(body ?? null)}`, "base64");
}
