import type { Pool } from "#platform/db/pool.ts";

/** Records that a store lets a browser order there, at any hour. */
export async function permit(
  pool: Pool,
  storeId: string,
  { ordersAtOnce = 10, ordersPerHour = null }: { ordersAtOnce?: number; ordersPerHour?: number | null } = {},
): Promise<void> {
  await pool.query(
    `insert into store.permission (store_id, words, permitted_on, recorded_by, orders_at_once, orders_per_hour)
     values ($1, 'asked and answered', '2026-11-01', 'acc_ops', $2, $3)`,
    [storeId, ordersAtOnce, ordersPerHour],
  );
}
