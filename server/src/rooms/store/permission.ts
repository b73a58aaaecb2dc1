import type { Db } from "#platform/db/query.ts";
import { permissionPut, permissionWithdraw } from "./store.sql.gen.ts";

/**
 * That a store lets a browser order in its shop, and within which bounds, as somebody of the house records it. Without
 * it no order is begun with a headless tier, whatever the tier says (`store.gate_1`).
 */
export type PermissionInput = {
  /** What the store said and who said it there. */
  readonly words: string;
  readonly link: string | null;
  /** A date, YYYY-MM-DD. */
  readonly permittedOn: string;
  /** The account that records it. */
  readonly recordedBy: string;
  /** Over all workers. */
  readonly ordersAtOnce: number;
  /** In any sixty minutes; null: no bound. */
  readonly ordersPerHour: number | null;
  /** Null: at any time. Times as HH:MM, days from 1 Monday to 7 Sunday, by the clock of a zone of the tz database. */
  readonly hours: {
    readonly timeZone: string;
    readonly opensAt: string | null;
    readonly closesAt: string | null;
    readonly days: readonly number[];
  } | null;
};

/** Records a permission; null takes it back, absent leaves what is there. */
export async function putPermission(
  db: Db,
  storeId: string,
  permission: PermissionInput | null | undefined,
): Promise<void> {
  if (permission === undefined) return;
  if (permission === null) {
    await permissionWithdraw(db, { storeId });
    return;
  }
  const { hours, ...recorded } = permission;
  await permissionPut(db, { storeId, ...recorded, ...(hours ?? anyTime) });
}

const anyTime = { timeZone: "UTC", opensAt: null, closesAt: null, days: [1, 2, 3, 4, 5, 6, 7] } as const;
