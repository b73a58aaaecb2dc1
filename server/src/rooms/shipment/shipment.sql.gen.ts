// Generated from shipment.sql by tools/sqlgen.ts. Do not edit.
import { many, one, opt, type Db } from "#platform/db/query.ts";

export type ShipmentPutArgs = {
  readonly shipmentId: string;
  readonly orderNumber: string;
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly estimatedDelivery: Date | null;
  readonly lineNos: readonly number[] | null;
  readonly pollAfterSeconds: number | null;
};
export type ShipmentPutRow = {
  readonly outcome: string;
};
const shipmentPutText = `select shipment.put_1($1, $2, $3, $4, $5, $6::smallint[],
  make_interval(secs => $7)) as "outcome!"`;
/** Notes a parcel of an order and moves the order to shipped. Locks the order. */
export function shipmentPut(db: Db, args: ShipmentPutArgs): Promise<ShipmentPutRow> {
  return one(db, "shipment.shipmentPut", shipmentPutText, [args.shipmentId, args.orderNumber, args.carrier, args.trackingNumber, args.estimatedDelivery, args.lineNos, args.pollAfterSeconds], (row): ShipmentPutRow => ({
    outcome: row[0],
  }));
}

export type ShipmentsTakeArgs = {
  readonly countMax: number;
  readonly pollsMax: number;
};
export type ShipmentsTakeRow = {
  readonly shipmentId: string;
  readonly orderNumber: string;
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly polls: number;
};
const shipmentsTakeText = `with due as (
  select s.shipment_id from shipment.shipment s
  where s.poll_at <= now() order by s.poll_at limit $1::int
  for update skip locked
)
update shipment.shipment s
set polls = s.polls + 1,
    poll_at = case when s.polls + 1 < $2::int then now() + least(7200, 5 * 2 ^ least(s.polls, 12)) * interval '1 second' end
from due where s.shipment_id = due.shipment_id
returning s.shipment_id, s.order_number, s.carrier, s.tracking_number, s.polls`;
/**
 * Takes parcels whose carrier is due to be asked, and puts the next asking off: ever longer while nothing moves, and not for
 * ever. Skips rows that another worker is taking.
 */
export function shipmentsTake(db: Db, args: ShipmentsTakeArgs): Promise<ShipmentsTakeRow[]> {
  return many(db, "shipment.shipmentsTake", shipmentsTakeText, [args.countMax, args.pollsMax], (row): ShipmentsTakeRow => ({
    shipmentId: row[0],
    orderNumber: row[1],
    carrier: row[2],
    trackingNumber: row[3],
    polls: row[4],
  }));
}

export type ShipmentProgressArgs = {
  readonly shipmentId: string;
  readonly status: string;
  readonly estimatedDelivery: Date | null;
  readonly events: unknown;
  readonly pollAfterSeconds: number;
};
export type ShipmentProgressRow = {
  readonly isNews: boolean;
};
const shipmentProgressText = `select shipment.progress_1($1, ($2::text)::shipment.shipment_status, $3, $4,
  make_interval(secs => $5)) as "is_news!"`;
/** What a carrier says of a parcel. Locks the order, then the parcel. */
export function shipmentProgress(db: Db, args: ShipmentProgressArgs): Promise<ShipmentProgressRow> {
  return one(db, "shipment.shipmentProgress", shipmentProgressText, [args.shipmentId, args.status, args.estimatedDelivery, JSON.stringify(args.events), args.pollAfterSeconds], (row): ShipmentProgressRow => ({
    isNews: row[0],
  }));
}

export type StoreEventApplyArgs = {
  readonly storeId: string;
  readonly type: string;
  readonly storeOrderNumber: string;
  readonly reference: string | null;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly estimatedDelivery: Date | null;
  readonly shipmentId: string;
  readonly pollAfterSeconds: number | null;
};
export type StoreEventApplyRow = {
  readonly outcome: string | null;
};
const storeEventApplyText = `select shipment.store_event_1($1, $2, $3, $4, $5, $6, $7,
  $8, make_interval(secs => $9)) as outcome`;
/** What a store tells of an order. Locks the order, its placement, its attempt and task, its parcels. */
export function storeEventApply(db: Db, args: StoreEventApplyArgs): Promise<StoreEventApplyRow> {
  return one(db, "shipment.storeEventApply", storeEventApplyText, [args.storeId, args.type, args.storeOrderNumber, args.reference, args.carrier, args.trackingNumber, args.estimatedDelivery, args.shipmentId, args.pollAfterSeconds], (row): StoreEventApplyRow => ({
    outcome: row[0],
  }));
}

export type OrderLinesArgs = {
  readonly orderNumber: string;
};
export type OrderLinesRow = {
  readonly storeId: string;
  readonly lineNos: readonly number[];
};
const orderLinesText = `select o.store_id, array(select i.line_no from orders.order_item i where i.order_number = o.order_number) as "line_nos!"
from orders.store_order o where o.order_number = $1 and o.payment_status <> 'unpaid'`;
/** Whose order it is and what lines it has, for whoever wants to add a parcel. Reads only. */
export function orderLines(db: Db, args: OrderLinesArgs): Promise<OrderLinesRow | null> {
  return opt(db, "shipment.orderLines", orderLinesText, [args.orderNumber], (row): OrderLinesRow => ({
    storeId: row[0],
    lineNos: row[1],
  }));
}
