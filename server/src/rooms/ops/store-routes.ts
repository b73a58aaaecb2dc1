import { OpsStore, OpsStoreBody, OpsStoreParams, OpsStores, OpsStoresQuery } from "@muse/contracts/ops-store";
import { must } from "#kernel/assert.ts";
import { toWire } from "#kernel/money.ts";
import { answer, problem, type Details } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { putShippingOptions } from "#rooms/quote";
import { getStore, listStores, putStore, type MasterKey, type StoreInput } from "#rooms/store";
import { whyNot } from "./check-store.ts";
import { presentStores, readStore } from "./present-store.ts";
import { recordBy } from "./record-audit.ts";

type Store = NonNullable<Awaited<ReturnType<typeof getStore>>>;

const base = "/api/v1/admin/stores";
const tags = ["Operations"] as const;

export function storeRoutes(http: HttpServer, masterKey: MasterKey): void {
  readRoutes(http);
  putRoute(http, masterKey);
}

function readRoutes(http: HttpServer): void {
  const read = { method: "GET", tags, auth: "ops" } as const;
  route(
    http,
    {
      ...read,
      url: base,
      summary: "List stores, retailers first",
      description: "By name, those that orders are placed with before the stores of people who sell files.",
      query: OpsStoresQuery,
      reply: OpsStores,
      errors: [],
    },
    async ({ db, query: { query, kind, limit, offset } }) => {
      const page = await listStores(db, { query: query ?? null, kind: kind ?? null, limit, offset });
      return { stores: await presentStores(db, page.stores), total: toWire(page.total) };
    },
  );
  route(
    http,
    {
      ...read,
      url: `${base}/:storeId`,
      summary: "Read a store",
      description: "Of its credentials only which there are: none can be read back.",
      params: OpsStoreParams,
      reply: OpsStore,
      errors: ["store_not_found"],
    },
    async ({ db, params }) => {
      return (await readStore(db, params.storeId)) ?? problem("store_not_found");
    },
  );
}

function putRoute(http: HttpServer, masterKey: MasterKey): void {
  route(
    http,
    {
      method: "PUT",
      url: `${base}/:storeId`,
      summary: "Register a store, or change it",
      description:
        "What is left out stays. Tiers, delivery options and the permission are replaced whole. Credentials are " +
        "sealed at once. A browser's tier can be enabled with the store's permission alone.",
      tags,
      auth: "ops",
      params: OpsStoreParams,
      body: OpsStoreBody,
      reply: OpsStore,
      statuses: [200, 201],
      errors: ["store_fixed_field", "store_not_permitted", "request_invalid"],
      idempotent: "transaction",
    },
    async ({ db, account, params: { storeId }, body }) => {
      const known = await getStore(db, storeId);
      const input = inputOf(storeId, body, known, account.accountId);
      if (input === null)
        return problem("request_invalid", { field: "name", details: { required: ["name", "kind", "currency"] } });
      const wrong = whyNot(input, known);
      if (wrong !== null) return wrong;
      if ((await putStore(db, masterKey, input)).kind === "fixed_field") return problem("store_fixed_field");
      if (body.shippingOptions !== undefined) await putShippingOptions(db, storeId, body.shippingOptions.map(optionOf));
      await recordBy(db, account, {
        action: known === null ? "store.create" : "store.change",
        subject: storeId,
        detail: changeOf(body),
      });

      const store = must(await readStore(db, storeId), "it was put a moment ago");
      return answer(store, { status: known === null ? 201 : 200 });
    },
  );
}

/** The whole store as it is to be; null when it is new and something that it needs is missing. */
function inputOf(storeId: string, body: OpsStoreBody, known: Store | null, recordedBy: string): StoreInput | null {
  const name = body.name ?? known?.name;
  const kind = body.kind ?? known?.kind;
  const currency = body.currency ?? known?.currency;
  if (name === undefined || kind === undefined || currency === undefined) return null;
  const permission = permissionIn(body, recordedBy);
  return { storeId, name, kind, currency, ...restOf(body, known ?? freshStore), permission };
}

function permissionIn({ permission }: OpsStoreBody, recordedBy: string): StoreInput["permission"] {
  return permission === null || permission === undefined ? permission : { ...permission, recordedBy };
}

const freshStore = {
  description: "",
  homepage: null,
  ownerAccountId: null,
  returnPolicy: "",
  priceMarginBp: 0,
  isActive: true,
  tiers: [],
} as const;

type Rest = Omit<StoreInput, "storeId" | "name" | "kind" | "currency" | "permission">;

function restOf(body: OpsStoreBody, before: Rest): Rest {
  return {
    description: body.description ?? before.description,
    homepage: body.homepage === undefined ? before.homepage : body.homepage,
    ownerAccountId: before.ownerAccountId,
    returnPolicy: body.returnPolicy ?? before.returnPolicy,
    priceMarginBp: body.priceMarginBp ?? before.priceMarginBp,
    byHandHoursMax: body.byHandHoursMax,
    isActive: body.enabled ?? before.isActive,
    tiers: body.tiers?.map(({ enabled, ...tier }) => ({ ...tier, isEnabled: enabled })) ?? before.tiers,
    credentials: credentialsIn(body),
  };
}

function credentialsIn({ credentials = {} }: OpsStoreBody): NonNullable<StoreInput["credentials"]> {
  const { api = null, headless = null, webhookSecret = null } = credentials;
  return { api, headless, webhookSecret };
}

type OptionBody = NonNullable<OpsStoreBody["shippingOptions"]>[number];

function optionOf({ amountCents, perItemCents, freeAboveCents, ...option }: OptionBody) {
  return { ...option, amountMinor: amountCents, perItemMinor: perItemCents, freeAboveMinor: freeAboveCents };
}

/** What was sent, for the trail, but for credentials: of those only that they were changed. */
function changeOf({ credentials, ...shown }: OpsStoreBody): Details {
  const changed = Object.keys(credentials ?? {});
  return JSON.parse(JSON.stringify({ ...shown, ...(changed.length === 0 ? {} : { credentials: changed }) })) as Details;
}
