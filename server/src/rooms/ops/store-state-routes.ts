import {
  OpsStore,
  OpsStoreParams,
  StoreAlerts,
  StoreAlertsQuery,
  StorePauseBody,
  StoreResumeBody,
  StoreTierBody,
  StoreTierParams,
  type StoreAlert,
} from "@muse/contracts/ops-store";
import { must } from "#kernel/assert.ts";
import { problem } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { getStore, healthEvents, tierPause, tierResume, tierSwitch, type HealthEventsRow } from "#rooms/store";
import { readStore } from "./present-store.ts";
import { recordBy } from "./record-audit.ts";

const base = "/api/v1/admin/stores";
const tags = ["Operations"] as const;

/** The switches of a store, and what befell its tiers. */
export function storeStateRoutes(http: HttpServer): void {
  switchRoute(http);
  pauseRoute(http);
  resumeRoute(http);
  alertRoute(http);
}

function switchRoute(http: HttpServer): void {
  route(
    http,
    {
      method: "PUT",
      url: `${base}/:storeId/tiers/:position`,
      summary: "Take a tier of a store out of use, or into it again",
      description: "Orders that wait at a tier that is taken out go on to the next. A browser's needs the permission.",
      tags,
      auth: "ops",
      params: StoreTierParams,
      body: StoreTierBody,
      reply: OpsStore,
      errors: ["store_not_found", "store_tier_not_found", "store_not_permitted"],
      idempotent: "transaction",
    },
    async ({ db, account, params: { storeId, position }, body: { enabled } }) => {
      const store = await getStore(db, storeId);
      if (store === null) return problem("store_not_found");
      const tier = store.tiers.find((each) => each.position === position);
      if (tier === undefined) return problem("store_tier_not_found");
      if (enabled && tier.method === "headless" && store.permission === null) return problem("store_not_permitted");
      await tierSwitch(db, { storeId, position, isEnabled: enabled });
      if (tier.isEnabled !== enabled) {
        const detail = { position, method: tier.method };
        await recordBy(db, account, {
          action: enabled ? "store.tier_enable" : "store.tier_disable",
          subject: storeId,
          detail,
        });
      }
      return must(await readStore(db, storeId), "it was there a moment ago");
    },
  );
}

function pauseRoute(http: HttpServer): void {
  route(
    http,
    {
      method: "POST",
      url: `${base}/:storeId/pause`,
      summary: "Keep machines from a store, or from one of its tiers",
      description: "Its orders are placed by people meanwhile; what is under way is ended. The store goes on selling.",
      tags,
      auth: "ops",
      params: OpsStoreParams,
      body: StorePauseBody,
      reply: OpsStore,
      errors: ["store_not_found", "store_tier_not_found"],
      idempotent: "transaction",
    },
    async ({ db, account, params: { storeId }, body: { position = null, minutes = null, reason } }) => {
      if ((await getStore(db, storeId)) === null) return problem("store_not_found");
      const paused = await tierPause(db, { storeId, position, minutes, reason });
      if (paused.length === 0) return problem("store_tier_not_found");
      await recordBy(db, account, {
        action: "store.pause",
        subject: storeId,
        detail: { positions: paused.map((tier) => tier.position), minutes, reason },
      });
      return must(await readStore(db, storeId), "it was there a moment ago");
    },
  );
}

function resumeRoute(http: HttpServer): void {
  route(
    http,
    {
      method: "POST",
      url: `${base}/:storeId/resume`,
      summary: "Let machines order from a store again",
      description: "Ends pauses and the rest of sick tiers: the next order tries them. Without either nothing changes.",
      tags,
      auth: "ops",
      params: OpsStoreParams,
      body: StoreResumeBody,
      reply: OpsStore,
      errors: ["store_not_found"],
      idempotent: "transaction",
    },
    async ({ db, account, params: { storeId }, body: { position = null } }) => {
      if ((await getStore(db, storeId)) === null) return problem("store_not_found");
      const resumed = await tierResume(db, { storeId, position });
      if (resumed.length > 0) {
        const detail = { positions: resumed.map((tier) => tier.position) };
        await recordBy(db, account, { action: "store.resume", subject: storeId, detail });
      }
      return must(await readStore(db, storeId), "it was there a moment ago");
    },
  );
}

function alertRoute(http: HttpServer): void {
  route(
    http,
    {
      method: "GET",
      url: "/api/v1/admin/store-alerts",
      summary: "Read what befell the stores' tiers, newest first",
      tags,
      auth: "ops",
      query: StoreAlertsQuery,
      reply: StoreAlerts,
      errors: [],
    },
    async ({ db, query }) => {
      const { store = null, cursor, limit } = query;
      const rows = await healthEvents(db, {
        storeId: store,
        beforeId: cursor === undefined ? null : BigInt(cursor),
        // One more than asked for tells whether there is a next page.
        limit: limit + 1,
      });
      const shown = rows.slice(0, limit);
      return {
        alerts: shown.map(presentAlert),
        nextCursor: rows.length > limit ? String(shown.at(-1)?.eventId) : null,
      };
    },
  );
}

export function presentAlert({ eventId, at, until, method, kind, ...row }: HealthEventsRow): StoreAlert {
  return {
    ...row,
    alertId: String(eventId),
    at: at.toISOString(),
    until: until?.toISOString() ?? null,
    method: method as StoreAlert["method"],
    kind: kind as StoreAlert["kind"],
  };
}
