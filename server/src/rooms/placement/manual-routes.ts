import { OrderParams } from "@muse/contracts/order";
import {
  ManualCancelBody,
  ManualCancelled,
  ManualFailBody,
  ManualFailed,
  ManualOrder,
  ManualOrderClaimed,
  ManualOrderInstructions,
  ManualOrderReleased,
  ManualOrders,
  ManualOrdersQuery,
  ManualOrderStats,
  ManualPlaceBody,
  ManualPlaced,
} from "@muse/contracts/placement";
import { must } from "#kernel/assert.ts";
import type { Account } from "#platform/http/account.ts";
import type { Db } from "#platform/db/query.ts";
import { problem, type Details } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { instructionsFor } from "./instructions.ts";
import { presentQueue, presentStats, presentTask } from "./manual-record.ts";
import {
  taskCancel,
  taskClaim,
  taskFail,
  taskList,
  taskPlace,
  taskRead,
  taskRelease,
  taskStats,
} from "./placement.sql.gen.ts";
import { taskLeaseS } from "./rules.ts";

/** One line of the audit trail, written in the transaction of what it tells of. */
export type AuditEntry = {
  readonly accountId: string;
  readonly role: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: Details;
};

export type ManualRoutesDeps = {
  /** The ops room's door. */
  readonly audit: (db: Db, entry: AuditEntry) => Promise<void>;
  /** The shipment room's door: notes the parcel of an order that was placed by hand. */
  readonly track: (
    db: Db,
    parcel: { orderNumber: string; carrier: string; trackingNumber: string },
  ) => Promise<{ readonly kind: string }>;
};

const base = "/api/v1/admin/manual-orders";
const tags = ["Manual orders"] as const;
const heldCodes = ["order_not_found", "manual_order_not_claimed", "manual_order_closed"] as const;

/** The contract's `/api/v1/admin/manual-orders`: the desk where people do what no machine could. */
export function manualRoutes(http: HttpServer, deps: ManualRoutesDeps): void {
  readRoutes(http);
  leaseRoutes(http, deps);
  placeRoute(http, deps);
  failRoute(http, deps);
  cancelledRoute(http, deps);
}

function readRoutes(http: HttpServer): void {
  const read = { method: "GET", tags, auth: "ops" } as const;
  route(
    http,
    {
      ...read,
      url: base,
      summary: "List the manual queue, oldest deadline first",
      query: ManualOrdersQuery,
      reply: ManualOrders,
      errors: [],
    },
    async ({ db, account, query, language }) => {
      const rows = await taskList(db, {
        status: query.status ?? null,
        storeId: query.store ?? null,
        claimedBy: query.claimed === "mine" ? account.accountId : null,
        isClaimed: query.claimed === "true" ? true : query.claimed === "false" ? false : null,
        limit: query.limit,
        offset: query.offset,
      });
      return presentQueue(rows, language);
    },
  );
  route(
    http,
    { ...read, url: `${base}/stats`, summary: "Measure the manual queue", reply: ManualOrderStats, errors: [] },
    async ({ db }) => presentStats(await taskStats(db)),
  );
  const one = { ...read, params: OrderParams, errors: ["order_not_found"] } as const;
  route(
    http,
    {
      ...one,
      url: `${base}/:orderNumber`,
      summary: "Read all that is needed to place an order, and why it is here",
      reply: ManualOrder,
    },
    async ({ db, params, language }) => {
      const row = await taskRead(db, params);
      return row === null ? problem("order_not_found") : presentTask(row, language);
    },
  );
  route(
    http,
    {
      ...one,
      url: `${base}/:orderNumber/instructions`,
      summary: "Read the steps for this store and these items",
      reply: ManualOrderInstructions,
    },
    async ({ db, params, language }) => {
      const row = await taskRead(db, params);
      return row === null ? problem("order_not_found") : instructionsFor(presentTask(row, language), language);
    },
  );
}

const write = { method: "POST", tags, auth: "ops", params: OrderParams, idempotent: "transaction" } as const;

function leaseRoutes(http: HttpServer, { audit }: ManualRoutesDeps): void {
  route(
    http,
    {
      ...write,
      url: `${base}/:orderNumber/claim`,
      summary: "Claim a manual order for fifteen minutes",
      description: "Claiming one's own again renews it.",
      reply: ManualOrderClaimed,
      errors: ["order_not_found", "manual_order_claimed", "manual_order_closed"],
    },
    async ({ db, account, params }) => {
      const { outcome } = await taskClaim(db, { ...params, operator: account.accountId, leaseSeconds: taskLeaseS });
      if (outcome === "not_found") return problem("order_not_found");
      if (outcome === "held") return problem("manual_order_claimed");
      if (outcome !== "claimed") return problem("manual_order_closed");
      await audit(db, entryOf(account, "manual_order.claim", params.orderNumber, {}));
      const row = must(await taskRead(db, params), "claim: the task is there");
      const claimedUntil = must(row.claimedUntil, "claim: a claimed task has a lease").toISOString();
      return { museOrderNumber: params.orderNumber, claimedBy: account.accountId, claimedUntil };
    },
  );
  route(
    http,
    {
      ...write,
      url: `${base}/:orderNumber/release`,
      summary: "Give a manual order back to the queue",
      reply: ManualOrderReleased,
      errors: ["order_not_found", "manual_order_not_claimed"],
    },
    async ({ db, account, params }) => {
      const { outcome } = await taskRelease(db, { ...params, operator: account.accountId });
      if (outcome === "not_found") return problem("order_not_found");
      if (outcome !== "released") return problem("manual_order_not_claimed");
      await audit(db, entryOf(account, "manual_order.release", params.orderNumber, {}));
      return { museOrderNumber: params.orderNumber };
    },
  );
}

function placeRoute(http: HttpServer, { audit, track }: ManualRoutesDeps): void {
  route(
    http,
    {
      ...write,
      url: `${base}/:orderNumber/place`,
      summary: "Note that the order was placed by hand",
      body: ManualPlaceBody,
      reply: ManualPlaced,
      errors: [...heldCodes, "request_invalid"],
      digitFields: ["trackingNumber", "storeOrderNumber"],
    },
    async ({ db, account, params, body }) => {
      const { orderNumber } = params;
      const { storeOrderNumber, trackingNumber, carrier, paidCents } = body;
      const paidMinor = paidCents === undefined ? null : BigInt(paidCents);
      const { outcome } = await taskPlace(db, {
        orderNumber,
        operator: account.accountId,
        storeOrderNumber,
        paidMinor,
      });
      if (outcome === "number_taken")
        return problem("request_invalid", { field: "storeOrderNumber", message: numberTaken });
      if (outcome !== "placed" && outcome !== "surplus") return notHeld(outcome);

      const row = must(await taskRead(db, params), "place: the task is there");
      const tracked = await noteParcel(track, db, { orderNumber, carrier, trackingNumber });
      const warnings = [
        ...(paidMinor !== null && paidMinor > row.chargeMaxMinor ? (["price_above_guard"] as const) : []),
        ...(outcome === "surplus" ? (["surplus"] as const) : []),
        ...(tracked === "refused" ? (["tracking_conflict"] as const) : []),
      ];
      await audit(
        db,
        entryOf(account, "manual_order.place", orderNumber, {
          storeOrderNumber,
          paidCents: paidCents ?? null,
          warnings,
        }),
      );
      return { museOrderNumber: orderNumber, storeOrderNumber, warnings };
    },
  );
}

type GivenParcel = { orderNumber: string; carrier: string | undefined; trackingNumber: string | undefined };

async function noteParcel(
  track: ManualRoutesDeps["track"],
  db: Db,
  parcel: GivenParcel,
): Promise<"none" | "noted" | "refused"> {
  const { orderNumber, carrier, trackingNumber } = parcel;
  if (carrier === undefined || trackingNumber === undefined) return "none";
  const { kind } = await track(db, { orderNumber, carrier, trackingNumber });
  return kind === "tracked" || kind === "already" ? "noted" : "refused";
}

const numberTaken = {
  en: "Another order has this number already. Check it on the store's confirmation.",
  ko: "다른 주문에 이미 사용된 번호입니다. 스토어의 확인 화면을 다시 확인해 주세요.",
};

function failRoute(http: HttpServer, { audit }: ManualRoutesDeps): void {
  route(
    http,
    {
      ...write,
      url: `${base}/:orderNumber/fail`,
      summary: "Give an order up and refund it",
      body: ManualFailBody,
      reply: ManualFailed,
      errors: heldCodes,
    },
    async ({ db, account, params, body }) => {
      const { orderNumber } = params;
      const { outcome } = await taskFail(db, {
        orderNumber,
        operator: account.accountId,
        reason: body.reason,
        note: body.note ?? null,
      });
      if (outcome !== "failed") return notHeld(outcome);
      await audit(db, entryOf(account, "manual_order.fail", orderNumber, { reason: body.reason }));
      return { museOrderNumber: orderNumber, reason: body.reason };
    },
  );
}

function cancelledRoute(http: HttpServer, { audit }: ManualRoutesDeps): void {
  route(
    http,
    {
      ...write,
      url: `${base}/:orderNumber/cancel`,
      summary: "Note what the store said to a cancellation",
      body: ManualCancelBody,
      reply: ManualCancelled,
      errors: heldCodes,
    },
    async ({ db, account, params, body }) => {
      const { orderNumber } = params;
      const isCancelled = body.outcome === "cancelled";
      const { outcome } = await taskCancel(db, {
        orderNumber,
        operator: account.accountId,
        isCancelled,
        note: body.note ?? null,
      });
      if (outcome !== body.outcome) return notHeld(outcome);
      await audit(db, entryOf(account, "manual_order.cancel", orderNumber, { outcome: body.outcome }));
      return { museOrderNumber: orderNumber, outcome: body.outcome };
    },
  );
}

function notHeld(outcome: string) {
  if (outcome === "not_found") return problem("order_not_found");
  return outcome === "not_held" ? problem("manual_order_not_claimed") : problem("manual_order_closed");
}

function entryOf({ accountId, role }: Account, action: string, subject: string, detail: Details): AuditEntry {
  return { accountId, role, action, subject, detail };
}
