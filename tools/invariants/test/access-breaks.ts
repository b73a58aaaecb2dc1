/** Deliberate breaches of what is promised about files. */
import type { BoughtFile } from "../../../server/test/digital.ts";
import type { Break } from "./break.ts";

const given = (set: string, { orderNumber }: BoughtFile): string =>
  `update access.holding set ${set} where order_number = '${orderNumber}'`;

export const accessBreaks: Readonly<Record<string, Break>> = {
  s1EditionKept: {
    sql: ({ files }) => [`update access.edition set copies = copies + 1 where product_id = '${files.editionProduct}'`],
  },
  s3HoldingPaid: {
    sql: ({ placedOrder }) => [
      `insert into access.holding (order_number, account_id, product_id)
       select o.order_number, o.account_id, i.product_id
       from orders.store_order o join orders.order_item i using (order_number) where o.order_number = '${placedOrder}'`,
    ],
  },
  s3PaidAtOnce: {
    // Whatever else follows an order's end is not there either, as if it had been left out.
    sql: ({ files: { twins } }) => [
      `update orders.store_order set status = 'pending', placed_at = null where order_number = '${twins[0].orderNumber}'`,
      `delete from orders.order_status_history where order_number = '${twins[0].orderNumber}' and to_status <> 'pending'`,
      `update checkout.session set status = 'processing', finished_at = null where session_id = '${twins[0].sessionId}'`,
    ],
  },
  s3PaidHolds: {
    sql: ({ files: { twins } }) => [`delete from access.holding where order_number = '${twins[0].orderNumber}'`],
  },
  s3RefundedGone: { sql: ({ files }) => [given("revoked_at = null, revoke_reason = null", files.refunded)] },
  s3DisputedFrozen: { sql: ({ files }) => [given("frozen_at = null", files.frozen)] },
  s3LostGone: {
    sql: ({ files }) => [given("revoked_at = null, revoke_reason = null, frozen_at = null", files.lost)],
  },
  s4OwnedOnce: {
    sql: ({ files: { twins } }) => [
      "drop index access.holding_owned",
      ...["orders.store_order", "checkout.session", "payment.payment"].map(
        (table) =>
          `update ${table} set account_id = '${twins[0].accountId}' where session_id = '${twins[1].sessionId}'`,
      ),
      given(`account_id = '${twins[0].accountId}'`, twins[1]),
    ],
  },
};
