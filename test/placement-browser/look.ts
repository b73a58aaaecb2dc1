/** What became of an order: as we have it, as its shopper is told it, and as the shop's own book has it. */
import { must } from "../../server/src/kernel/assert.ts";
import { newShopper, type Shopper } from "../faults/shopper.ts";
import type { Bought, Scene } from "./scene.ts";

export type End = {
  readonly status: string;
  readonly paymentStatus: string;
  readonly reason: string | null;
  readonly method: string | null;
  readonly storeOrderNumber: string | null;
  readonly refundedMinor: number;
  readonly totalMinor: number;
  readonly placement: string;
  readonly why: string | null;
  /** Each try's status, with its reason where it has one, oldest first. */
  readonly attempts: readonly string[];
};

export async function endOf({ pool }: Pick<Scene, "pool">, bought: Bought, storeId: string): Promise<End> {
  const { rows } = await pool.query<End>(
    `select o.status, o.payment_status as "paymentStatus", o.reason, o.placement_method as method, o.store_order_number as "storeOrderNumber",
       o.refunded_minor::int as "refundedMinor", o.total_minor::int as "totalMinor", p.status as placement,
       (select t.why from placement.manual_task t where t.order_number = o.order_number and t.closed_at is null) as why,
       array(select concat_ws(' ', a.status, a.reason) from placement.attempt a where a.order_number = o.order_number order by a.fence) as attempts
     from orders.store_order o join placement.placement p using (order_number) where o.order_number = $1`,
    [must(bought.orderNumbers[storeId], storeId)],
  );
  return must(rows[0], "the order is there");
}

/** The numbers of what the shop has accepted since it was bought: kite-co keeps no number of ours. */
export async function acceptedBy(
  { sandbox }: Pick<Scene, "sandbox">,
  storeId: string,
  bought: Bought,
): Promise<string[]> {
  const records = (await sandbox.records("order")).slice(bought.recordsBefore);
  return records.filter(({ part }) => part === storeId).map(({ key }) => key);
}

/** As the shopper's page is told: how the order stands, and what went back why. */
export async function toldOf(
  bought: Bought,
  storeId: string,
): Promise<readonly [status: string, refunds: readonly string[]]> {
  const number = must(bought.orderNumbers[storeId], storeId);
  type Told = { status: string; refunds: readonly { amountCents: number; message: string | null }[] };
  const { status, refunds } = await bought.shopper.get<Told>(`GET /api/v1/orders/${number}`);
  return [status, refunds.map(({ message }) => message ?? "")];
}

let token: string | undefined;

/** Somebody at the desk. */
export async function operator({
  apiUrl,
}: Pick<Scene, "apiUrl">): Promise<{ readonly token: string; readonly desk: Shopper }> {
  if (token === undefined) {
    const body = { email: "ops@muse.test", password: "muse-demo" };
    const answer = await newShopper(apiUrl).ask("POST /api/auth/sign-in/email", { body });
    token = (answer.data as { readonly token: string }).token;
  }
  return { token, desk: newShopper(apiUrl, token) };
}
