import type { World } from "#core/world.ts";
import { movementsOf } from "./movements.ts";
import type { Kept, Status } from "./payment.ts";

/** Payments as JSON documents, with the few columns they are looked for by. */
export type Store = {
  put(kept: Kept): void;
  byKey(paymentKey: string): Kept | undefined;
  /** The newest that was asked for under this order id. */
  byOrder(orderId: string): Kept | undefined;
  /** Whether another payment of this order id has been approved. */
  isOrderTaken(orderId: string, paymentKey: string): boolean;
  withStatus(status: Status): readonly Kept[];
  movements(span: MovementSpan): readonly object[];
};

export type MovementSpan = {
  readonly fromMs: number;
  readonly toMs: number;
  /** The transaction key of the last one told. */
  readonly after: string | null;
  readonly limit: number;
};

export function openStore({ db }: World): Store {
  db.exec(`
    create table if not exists toss_payment (payment_key text primary key, order_id text not null, status text not null,
      requested_ms integer not null, doc text not null);
    create index if not exists toss_payment_by_order on toss_payment (order_id, requested_ms);
    create index if not exists toss_payment_by_status on toss_payment (status);
    create table if not exists toss_movement (transaction_key text primary key, payment_key text not null, at_ms integer not null,
      doc text not null);
    create index if not exists toss_movement_by_payment on toss_movement (payment_key);
    create index if not exists toss_movement_by_time on toss_movement (at_ms, transaction_key);
  `);
  const upsert =
    db.prepare(`insert into toss_payment (payment_key, order_id, status, requested_ms, doc) values (?, ?, ?, ?, ?)
    on conflict (payment_key) do update set status = excluded.status, doc = excluded.doc`);
  const byKey = db.prepare("select doc from toss_payment where payment_key = ?");
  const byOrder = db.prepare(
    "select doc from toss_payment where order_id = ? order by requested_ms desc, rowid desc limit 1",
  );
  const taken = db.prepare(`select 1 from toss_payment where order_id = ? and payment_key <> ?
    and status in ('DONE', 'CANCELED', 'PARTIAL_CANCELED', 'WAITING_FOR_DEPOSIT') limit 1`);
  const withStatus = db.prepare("select doc from toss_payment where status = ?");
  const forgetMovements = db.prepare("delete from toss_movement where payment_key = ?");
  const addMovement = db.prepare(
    "insert into toss_movement (transaction_key, payment_key, at_ms, doc) values (?, ?, ?, ?)",
  );
  const movements = db.prepare(`select doc from toss_movement where at_ms between ?1 and ?2
    and (?3 is null or (at_ms, transaction_key) > (select m.at_ms, m.transaction_key from toss_movement m where m.transaction_key = ?3))
    order by at_ms, transaction_key limit ?4`);
  const read = (row: Record<string, unknown> | undefined): Kept | undefined =>
    row === undefined ? undefined : (JSON.parse(String(row["doc"])) as Kept);
  const readAll = (rows: readonly Record<string, unknown>[]): readonly Kept[] =>
    rows.map((row) => JSON.parse(String(row["doc"])) as Kept);

  return {
    put: (kept) => {
      const { paymentKey, orderId, status } = kept.payment;
      upsert.run(paymentKey, orderId, status, kept.requestedMs, JSON.stringify(kept));
      forgetMovements.run(paymentKey);
      for (const { transactionKey, atMs, doc } of movementsOf(kept.payment)) {
        addMovement.run(transactionKey, paymentKey, atMs, JSON.stringify(doc));
      }
    },
    byKey: (paymentKey) => read(byKey.get(paymentKey)),
    byOrder: (orderId) => read(byOrder.get(orderId)),
    isOrderTaken: (orderId, paymentKey) => taken.get(orderId, paymentKey) !== undefined,
    withStatus: (status) => readAll(withStatus.all(status)),
    movements: ({ fromMs, toMs, after, limit }) =>
      movements.all(fromMs, toMs, after, limit).map((row) => JSON.parse(String(row["doc"])) as object),
  };
}
