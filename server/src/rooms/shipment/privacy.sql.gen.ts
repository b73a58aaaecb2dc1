// Generated from privacy.sql by tools/sqlgen.ts. Do not edit.
import { exec, one, type Db } from "#platform/db/query.ts";

export type ShipmentsEraseArgs = {
  readonly accountIds: readonly string[];
};
const shipmentsEraseText = `update shipment.event e set description = '', location = null
from shipment.shipment s
join orders.store_order o using (order_number)
where s.shipment_id = e.shipment_id and o.account_id = any ($1::text[])`;
/**
 * Takes out where parcels were and what carriers wrote on the way. That one was sent, with which number, stays: it proves
 * the delivery. Locks the rows.
 */
export function shipmentsErase(db: Db, args: ShipmentsEraseArgs): Promise<number> {
  return exec(db, "shipment.shipmentsErase", shipmentsEraseText, [args.accountIds]);
}

export type ShipmentsExportArgs = {
  readonly accountIds: readonly string[];
};
export type ShipmentsExportRow = {
  readonly shipments: unknown;
};
const shipmentsExportText = `select coalesce(jsonb_agg(jsonb_build_object('museOrderNumber', s.order_number, 'carrier', s.carrier, 'trackingNumber', s.tracking_number,
    'status', s.status, 'deliveredAt', s.delivered_at,
    'events', (select jsonb_agg(jsonb_build_object('at', e.occurred_at, 'status', e.status, 'description', e.description,
        'location', e.location) order by e.occurred_at) from shipment.event e where e.shipment_id = s.shipment_id))
    order by s.created_at, s.shipment_id), '[]') as "shipments!"
from shipment.shipment s
join orders.store_order o using (order_number)
where o.account_id = any ($1::text[])`;
/** Somebody's parcels, for their copy of all that is kept of them. Reads only. */
export function shipmentsExport(db: Db, args: ShipmentsExportArgs): Promise<ShipmentsExportRow> {
  return one(db, "shipment.shipmentsExport", shipmentsExportText, [args.accountIds], (row): ShipmentsExportRow => ({
    shipments: row[0],
  }));
}
