/** For each check one deliberate breach, as a hand in the database or an unruly outside would make it. */
import type { OutsideRecord } from "../outside.ts";
import { accessBreaks } from "./access-breaks.ts";
import type { Break } from "./break.ts";
import { ledgerBreaks } from "./ledger-breaks.ts";
import { mailBreaks } from "./mail-breaks.ts";
import { apiSecret } from "./sound-world.ts";
import { tossBreaks } from "./toss-breaks.ts";

const ago = "now() - interval '10 minutes'";
const longAgo = new Date(Date.now() - 3_600_000).toISOString();

/** Constraints hold most of this; here they are out of the way. */
const withoutChecks = (table: string): string =>
  `do $$ declare c text; begin for c in select conname from pg_constraint where conrelid = '${table}'::regclass and contype = 'c'
   loop execute format('alter table ${table} drop constraint %I', c); end loop; end $$`;

const record = (part: string, kind: string, data: Record<string, unknown>): OutsideRecord => ({
  seq: 1,
  at: longAgo,
  part,
  kind,
  data,
});

const money: Record<string, Break> = {
  m1PaymentsOfSession: {
    sql: ({ open }) => [
      "alter table payment.payment drop constraint payment_session_id_key",
      ...["pay_one", "pay_two"].map(
        (
          id,
        ) => `insert into payment.payment (payment_id, session_id, account_id, provider, status, amount_minor, currency)
                 values ('${id}', '${open.sessionId}', '${open.accountId}', 'stripe', 'failed', ${open.amountMinor}, 'USD')`,
      ),
    ],
  },
  m1IntentsShared: {
    sql: ({ paying, expired }) => [
      "drop index payment.payment_provider_ref",
      `update payment.payment set provider_ref = (select provider_ref from payment.payment where payment_id = '${expired.paymentId}')
       where payment_id = '${paying.paymentId}'`,
    ],
  },
  m1AttemptsOfPayment: {
    sql: ({ paying }) => [
      "drop index payment.attempt_live",
      `insert into payment.attempt (attempt_id, payment_id, number, generation, method_ref, amount_minor, currency, terms, status)
       select 'pat_second', payment_id, 2, 1, 'pm_card_visa', amount_minor, currency, '', 'unknown' from payment.payment
       where payment_id = '${paying.paymentId}'`,
    ],
  },
  m1ChargesTold: {
    sql: ({ refused }) => [
      `insert into webhook.inbox (source, event_id, type, object_ref, payment_id, payload, work_at)
       values ('stripe', 'evt_second', 'payment_intent.succeeded', 'pi_second', '${refused.paymentId}', '{}', now())`,
    ],
  },
  m2NothingOwed: {
    sql: ({ refused, refusedRefundId }) => [
      `delete from payment.refund where refund_id = '${refusedRefundId}'`,
      `update payment.payment set refunded_minor = 0, updated_at = ${ago} where payment_id = '${refused.paymentId}'`,
      `update orders.store_order set refunded_minor = 0, refunded_shipping_minor = 0, payment_status = 'paid', updated_at = ${ago}
       where session_id = '${refused.sessionId}'`,
      `update orders.order_item set refunded_minor = 0, refunded_quantity = 0
       where order_number in (select order_number from orders.store_order where session_id = '${refused.sessionId}')`,
    ],
    outside: (outside, { refusedRefundId }) => ({
      ...outside,
      refunds: outside.refunds.filter(({ data }) => !JSON.stringify(data).includes(refusedRefundId)),
    }),
    along: ["m4OrdersPosted", "m4RefundsPosted"],
  },
  m2RefundsOfPayment: {
    sql: ({ mixed }) => [
      `update payment.payment set refunded_minor = refunded_minor + 1 where payment_id = '${mixed.paymentId}'`,
    ],
  },
  m2RefundsOfOrder: {
    sql: ({ placedOrder }) => [
      `update orders.store_order set refunded_minor = refunded_minor + 1, refunded_shipping_minor = refunded_shipping_minor + 1
       where order_number = '${placedOrder}'`,
    ],
    along: ["m4OrdersPosted"],
  },
  m2PaymentStatus: {
    sql: ({ placedOrder }) => [
      `update orders.store_order set payment_status = 'refunded' where order_number = '${placedOrder}'`,
    ],
  },
  m2RefundsForgotten: {
    sql: ({ twins: [{ paymentId }] }) => [
      `insert into payment.refund (refund_id, payment_id, cause, amount_minor, currency, reason, try_at, updated_at)
       values ('re_forgotten', '${paymentId}', 'test:forgotten', 100, 'USD', 'goodwill', ${ago}, ${ago})`,
      `update payment.payment set refunded_minor = 100 where payment_id = '${paymentId}'`,
    ],
    along: ["m4RefundsPosted"],
  },
  m5OrderSums: {
    sql: ({ placedOrder }) => [
      `update orders.order_item set tax_minor = tax_minor + 100 where order_number = '${placedOrder}'`,
    ],
  },
  m5SessionSums: {
    sql: ({ paying }) => [
      `update orders.store_order set shipping_minor = shipping_minor + 1, total_minor = total_minor + 1 where session_id = '${paying.sessionId}'`,
    ],
  },
  m5RefundLines: {
    sql: ({ refundId }) => [
      `update payment.refund set lines = '[{"lineNo": 1, "quantity": 0, "amountMinor": 1}]' where refund_id = '${refundId}'`,
    ],
  },
  m6Charged: {
    sql: ({ paying }) => [
      `update payment.payment set amount_minor = amount_minor + 1 where payment_id = '${paying.paymentId}'`,
    ],
  },
  m6Quoted: {
    sql: ({ open }) => [
      `update checkout.session set shipping_minor = shipping_minor + 1, total_minor = total_minor + 1 where session_id = '${open.sessionId}'`,
    ],
  },
  m6LinesAsFrozen: {
    sql: ({ placedOrder }) => [`update orders.order_item set sku = 'another' where order_number = '${placedOrder}'`],
  },
};

const orders: Record<string, Break> = {
  o1OrdersOfSession: {
    sql: ({ mixed }) => [
      `update checkout.session set snapshot = jsonb_set(snapshot, '{groups}', snapshot -> 'groups' || '[{"key": "left_out", "items": []}]')
       where session_id = '${mixed.sessionId}'`,
    ],
  },
  o1OrdersAlone: {
    sql: ({ expired }) => [
      `update orders.store_order set session_id = 'cs_gone' where session_id = '${expired.sessionId}'`,
    ],
  },
  o2PaidFirst: {
    sql: ({ mixed }) => [
      `update payment.payment set succeeded_at = now() + interval '1 hour' where payment_id = '${mixed.paymentId}'`,
    ],
  },
  o3PlacedOnce: {
    sql: ({ placedOrder }) => [
      `insert into placement.attempt (attempt_id, order_number, fence, method, status, ended_at) values ('pla_again', '${placedOrder}', 2, 'api', 'refused', now())`,
      `update placement.placement set fence = 2 where order_number = '${placedOrder}'`,
    ],
  },
  o3NumberAtStore: {
    sql: ({ placedOrder }) => [
      `update placement.attempt set store_order_number = 'HO-9' where order_number = '${placedOrder}'`,
    ],
  },
  o3Fenced: {
    sql: ({ placedOrder }) => [`update placement.placement set fence = 0 where order_number = '${placedOrder}'`],
  },
  o4OrdersStuck: {
    sql: ({ waiting }) => [
      `update placement.placement set next_attempt_at = ${ago}, updated_at = ${ago} where session_id = '${waiting.sessionId}'`,
      `update orders.store_order set updated_at = ${ago} where session_id = '${waiting.sessionId}'`,
    ],
  },
  o4CancelsStuck: {
    sql: ({ placedOrder }) => [
      `update orders.store_order set cancel_requested_at = ${ago}, updated_at = ${ago} where order_number = '${placedOrder}'`,
      `update placement.placement set updated_at = ${ago} where order_number = '${placedOrder}'`,
    ],
  },
  o4SessionsStuck: {
    sql: ({ paying }) => [
      `update checkout.session set updated_at = ${ago} where session_id = '${paying.sessionId}'`,
      `update payment.payment set updated_at = ${ago}, check_at = ${ago} where payment_id = '${paying.paymentId}'`,
    ],
  },
  o4SessionFollows: {
    sql: ({ mixed }) => [`update checkout.session set status = 'completed' where session_id = '${mixed.sessionId}'`],
  },
  o4PaidAgrees: {
    sql: ({ expired }) => [
      `update checkout.session set paid_at = created_at where session_id = '${expired.sessionId}'`,
    ],
  },
  o4PlacementAgrees: {
    sql: ({ placedOrder }) => [
      `update placement.placement set status = 'failed' where order_number = '${placedOrder}'`,
    ],
  },
  o4TaskAgrees: {
    sql: ({ manualOrder }) => [
      `update placement.manual_task set status = 'withdrawn', closed_at = now() where order_number = '${manualOrder}'`,
    ],
  },
  o5History: {
    sql: ({ placedOrder }) => [
      `delete from orders.order_status_history where order_number = '${placedOrder}' and from_status is null`,
    ],
  },
  o6CartCleared: {
    sql: ({ mixed }) => [`update cart.cart set updated_at = ${ago} where account_id = '${mixed.accountId}'`],
  },
  p3OneOwner: {
    sql: ({ manualOrder }) => [
      `update orders.store_order set account_id = 'acc_somebody' where order_number = '${manualOrder}'`,
    ],
  },
};

const stock: Record<string, Break> = {
  s1StockSound: {
    sql: ({ tracked }) => [
      withoutChecks("inventory.stock"),
      `update inventory.stock set on_hand = -1 where variant_id = '${tracked.variantId}'`,
    ],
  },
  s1ReservedSum: {
    sql: ({ tracked }) => [
      `update inventory.stock set reserved = reserved + 1 where variant_id = '${tracked.variantId}'`,
    ],
  },
  s2ReservationEnds: {
    sql: ({ expired }) => [
      `update inventory.reservation set status = 'committed' where session_id = '${expired.sessionId}'`,
    ],
  },
  s2SoldAsOrdered: {
    sql: ({ refused }) => [
      `update inventory.reservation set status = 'committed' where session_id = '${refused.sessionId}'`,
    ],
  },
  s2ReservationsLeak: {
    sql: ({ open }) => [`update inventory.reservation set expires_at = ${ago} where session_id = '${open.sessionId}'`],
  },
};

const messages: Record<string, Break> = {
  w1EventsOnce: { sql: () => ["update webhook.inbox set outcome = 'half' where event_id = 'evt_strange'"] },
  w1EventsOpen: {
    sql: () => [`update webhook.inbox set work_at = ${ago}, received_at = ${ago} where event_id = 'evt_strange'`],
  },
  w1EventsEffective: {
    sql: ({ paying }) => [
      `update payment.payment set provider_ref = '${paying.intent}' where payment_id = '${paying.paymentId}'`,
      `insert into webhook.inbox (source, event_id, type, object_ref, payload, work_at, processed_at, outcome)
       values ('stripe', 'evt_lost', 'payment_intent.succeeded', '${paying.intent}', '{}', now(), now(), 'paid')`,
    ],
  },
  p1JobPayloads: { sql: () => [`select graphile_worker.add_job('notify.mail', '{"to": "somebody@example.com"}')`] },
};

const secrets: Record<string, Break> = {
  p4CredentialsSealed: {
    sql: ({ apiStore }) => [
      `update store.credential set sealed = convert_to('{"apiKey": "in the clear, for everybody to read"}', 'UTF8')
       where store_id = '${apiStore}' and purpose = 'api'`,
    ],
  },
  p4SecretsAbsent: {
    sql: ({ apiStore }) => [
      `update store.credential set sealed = sealed || convert_to('${apiSecret}', 'UTF8') where store_id = '${apiStore}' and purpose = 'api'`,
    ],
  },
  p2CardsAbsent: {
    sql: ({ apiStore }) => [
      `update store.store set description = 'order with 4242424242424242' where store_id = '${apiStore}'`,
    ],
  },
};

const has =
  (text: string) =>
  ({ data }: OutsideRecord): boolean =>
    JSON.stringify(data).includes(text);

const outside: Record<string, Break> = {
  m1ChargesOfSession: {
    outside: (all, { mixed }) => ({
      ...all,
      charges: [
        ...all.charges,
        ...all.charges
          .filter(has(mixed.paymentId))
          .map((one) => ({ ...one, data: { ...one.data, charge: "ch_again" } })),
      ],
    }),
  },
  m3ChargesKnown: {
    outside: (all) => ({
      ...all,
      charges: [
        ...all.charges,
        record("stripe", "charge", {
          charge: "ch_strange",
          paymentIntent: "pi_strange",
          amount: 100,
          currency: "usd",
          metadata: {},
        }),
      ],
    }),
  },
  m3PaymentsCharged: {
    sql: ({ mixed }) => [`update payment.payment set succeeded_at = ${ago} where payment_id = '${mixed.paymentId}'`],
    outside: (all, { mixed }) => ({ ...all, charges: all.charges.filter((one) => !has(mixed.paymentId)(one)) }),
  },
  m3RefundsKnown: {
    outside: (all) => ({
      ...all,
      refunds: [
        ...all.refunds,
        record("stripe", "refund", { refund: "re_strange", amount: 100, currency: "usd", metadata: {} }),
      ],
    }),
  },
  m3RefundsMade: {
    sql: ({ refundId }) => [`update payment.refund set succeeded_at = ${ago} where refund_id = '${refundId}'`],
    outside: (all, { refundId }) => ({ ...all, refunds: all.refunds.filter((one) => !has(refundId)(one)) }),
  },
  o2StoresPaidFirst: {
    outside: (all, { expired, apiStore }) => ({
      ...all,
      storeOrders: [
        ...all.storeOrders,
        record(apiStore, "order", { clientKey: Object.values(expired.orders)[0], orderNumber: "HO-7" }),
      ],
    }),
  },
  o3StoresOnce: {
    outside: (all, { placedOrder, apiStore }) => ({
      ...all,
      storeOrders: [...all.storeOrders, record(apiStore, "order", { clientKey: placedOrder, orderNumber: "HO-1002" })],
    }),
  },
  o3PlacedAtStore: {
    sql: ({ mixed, placedOrder }) => [
      `update payment.payment set succeeded_at = now() - interval '11 minutes' where payment_id = '${mixed.paymentId}'`,
      `update orders.store_order set placed_at = ${ago} where order_number = '${placedOrder}'`,
    ],
    outside: (all) => ({ ...all, storeOrders: [] }),
  },
  o3NothingSurplus: {
    sql: ({ refused }) => [
      `update orders.store_order set updated_at = ${ago} where session_id = '${refused.sessionId}'`,
    ],
    outside: (all, { refused, apiStore }) => ({
      ...all,
      storeOrders: [
        ...all.storeOrders,
        record(apiStore, "order", { clientKey: Object.values(refused.orders)[0], orderNumber: "HO-8" }),
      ],
    }),
  },
};

export const breaks: Readonly<Record<string, Break>> = {
  ...money,
  ...orders,
  ...stock,
  ...accessBreaks,
  ...messages,
  ...ledgerBreaks,
  ...tossBreaks,
  ...mailBreaks,
  ...secrets,
  ...outside,
};
