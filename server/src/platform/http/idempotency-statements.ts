/** The SQL of idempotency keys: named statements, written by hand because the generator covers rooms alone. */
import { exec, one, opt, type Db } from "#platform/db/query.ts";
import type { Tx } from "#platform/db/tx.ts";

export type KeyArgs = {
  readonly accountId: string;
  readonly key: string;
  readonly requestHash: Buffer;
};

export type KeyRow = {
  readonly outcome: "claimed" | "replay" | "reused" | "in_progress";
  readonly responseStatus: number | null;
  readonly responseBody: string | null;
};

/** Claims a key within a transaction; `lockS` null claims it for this transaction alone. Takes its advisory lock. */
export function keyClaim(db: Tx, args: KeyArgs & { readonly lockS: number | null }): Promise<KeyRow> {
  const text = `select c.outcome, c.response_status, c.response_body
    from platform.idempotency_claim_1($1, $2, $3, $4) c`;
  return one(db, "http.keyClaim", text, [args.accountId, args.key, args.requestHash, args.lockS], keyRow);
}

/** What is known of a key, without claiming it. No row: it is free. Locks nothing. */
export function keyFind(db: Db, args: KeyArgs): Promise<KeyRow | null> {
  const text = `select
      case
        when k.request_hash <> $3 then 'reused'
        when k.status = 'done' then 'replay'
        else 'in_progress'
      end, k.response_status, k.response_body
    from platform.idempotency_key k
    where k.account_id = $1 and k.key = $2 and k.created_at > now() - interval '24 hours'
      and not (k.status = 'running' and k.request_hash = $3 and k.locked_until <= clock_timestamp())`;
  return opt(db, "http.keyFind", text, [args.accountId, args.key, args.requestHash], keyRow);
}

/** Stores the answer that every repeat gets. Locks the key's row, if there is one. */
export function keyDone(db: Db, args: KeyArgs & { readonly status: number; readonly body: string }): Promise<number> {
  const text = `insert into platform.idempotency_key as k
      (account_id, key, request_hash, status, response_status, response_body)
    values ($1, $2, $3, 'done', $4, $5)
    on conflict (account_id, key) do update
      set request_hash = excluded.request_hash, status = 'done', response_status = excluded.response_status,
          response_body = excluded.response_body, locked_until = null, created_at = excluded.created_at
      where k.status = 'running' or k.created_at <= now() - interval '24 hours'`;
  return exec(db, "http.keyDone", text, [args.accountId, args.key, args.requestHash, args.status, args.body]);
}

/** Lets the next repeat run the command again at once, because this answer is not one to be kept. */
export function keyRelease(db: Db, args: KeyArgs): Promise<number> {
  const text = `update platform.idempotency_key k set locked_until = clock_timestamp()
    where k.account_id = $1 and k.key = $2 and k.request_hash = $3 and k.status = 'running'`;
  return exec(db, "http.keyRelease", text, [args.accountId, args.key, args.requestHash]);
}

/** Deletes keys older than a day, at most so many at once: a long delete would hold its row locks all the while. */
export function keyDeleteOld(db: Db, args: { readonly countMax: number }): Promise<number> {
  const text = `delete from platform.idempotency_key k
    using (
      select o.account_id, o.key from platform.idempotency_key o
      where o.created_at <= now() - interval '24 hours'
      order by o.created_at
      limit $1
      for update skip locked
    ) old
    where k.account_id = old.account_id and k.key = old.key`;
  return exec(db, "http.keyDeleteOld", text, [args.countMax]);
}

/** Deletes what was answered to somebody who is erased: it may hold their address. Locks their keys. */
export function keysErase(db: Tx, args: { readonly accountIds: readonly string[] }): Promise<number> {
  const text = "delete from platform.idempotency_key k where k.account_id = any ($1::text[])";
  return exec(db, "http.keysErase", text, [args.accountIds]);
}

function keyRow(row: readonly unknown[]): KeyRow {
  return {
    outcome: row[0] as KeyRow["outcome"],
    responseStatus: row[1] as number | null,
    responseBody: row[2] as string | null,
  };
}
