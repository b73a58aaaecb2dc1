import { findConnector } from "@muse/connectors/registry";
import { OpsStore, OpsStoreBody, OpsStoreParams, OpsStores } from "@muse/contracts/ops";
import { toWire } from "#kernel/money.ts";
import { answer, problem, type Details } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { putShippingOptions } from "#rooms/quote";
import { getStore, listStores, putStore, type MasterKey, type StoreInput } from "#rooms/store";
import { shippingList, type ShippingListRow } from "./ops.sql.gen.ts";
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
  route(http, { ...read, url: base, summary: "List the stores", reply: OpsStores, errors: [] }, async ({ db }) => {
    const [stores, options] = await Promise.all([listStores(db), shippingList(db, { storeId: null })]);
    return { stores: stores.map((store) => presentStore(store, options)) };
  });
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
      const store = await getStore(db, params.storeId);
      return store === null ? problem("store_not_found") : presentStore(store, await shippingList(db, params));
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
        "What is left out stays. Tiers and delivery options are replaced whole. Credentials are sealed at once.",
      tags,
      auth: "ops",
      params: OpsStoreParams,
      body: OpsStoreBody,
      reply: OpsStore,
      errors: ["store_fixed_field", "request_invalid"],
      idempotent: "transaction",
    },
    async ({ db, account, params: { storeId }, body }) => {
      const known = await getStore(db, storeId);
      const input = inputOf(storeId, body, known);
      if (input === null)
        return problem("request_invalid", { field: "name", details: { required: ["name", "kind", "currency"] } });
      const strange = input.tiers.findIndex(
        ({ method, connector }) => method === "api" && findConnector(connector ?? "") === undefined,
      );
      if (strange !== -1) return problem("request_invalid", { field: `tiers[${strange}].connector` });
      const moved = movedTier(input, known);
      if (moved !== -1)
        return problem("request_invalid", { field: `tiers[${moved}].baseUrl`, message: credentialsAgain });
      if ((await putStore(db, masterKey, input)).kind === "fixed_field") return problem("store_fixed_field");
      if (body.shippingOptions !== undefined) await putShippingOptions(db, storeId, body.shippingOptions.map(optionOf));
      await recordBy(db, account, {
        action: known === null ? "store.create" : "store.change",
        subject: storeId,
        detail: changeOf(body),
      });

      const store = await getStore(db, storeId);
      if (store === null) return problem("request_invalid");
      return answer(presentStore(store, await shippingList(db, { storeId })), { status: known === null ? 201 : 200 });
    },
  );
}

/** The whole store as it is to be; null when it is new and something that it needs is missing. */
function inputOf(storeId: string, body: OpsStoreBody, known: Store | null): StoreInput | null {
  const name = body.name ?? known?.name;
  const kind = body.kind ?? known?.kind;
  const currency = body.currency ?? known?.currency;
  if (name === undefined || kind === undefined || currency === undefined) return null;
  return { storeId, name, kind, currency, ...restOf(body, known ?? freshStore) };
}

/**
 * The first tier that sends the store's kept credentials to another address than before, or -1. Whoever changes where a
 * store is must know its credentials: nobody gets to read them by having them sent to themselves (P4).
 */
function movedTier({ tiers, credentials }: StoreInput, known: Store | null): number {
  const hasKept = known?.credentialPurposes.includes("api") === true;
  if (!hasKept || (credentials?.api ?? null) !== null) return -1;
  const places = new Set(known.tiers.map(({ connector, baseUrl }) => `${connector} ${baseUrl}`));
  return tiers.findIndex(({ connector, baseUrl }) => baseUrl !== null && !places.has(`${connector} ${baseUrl}`));
}

const credentialsAgain = {
  en: "Send the store's credentials with its new address: those that are kept go to the old one only.",
  ko: "새 주소로 바꾸려면 스토어 인증 정보를 함께 보내 주세요. 저장된 인증 정보는 기존 주소로만 전송됩니다.",
};

const freshStore = {
  description: "",
  homepage: null,
  ownerAccountId: null,
  returnPolicy: "",
  priceMarginBp: 0,
  isActive: true,
  tiers: [],
} as const;

type Rest = Omit<StoreInput, "storeId" | "name" | "kind" | "currency">;

function restOf(body: OpsStoreBody, before: Rest): Rest {
  return {
    description: body.description ?? before.description,
    homepage: body.homepage === undefined ? before.homepage : body.homepage,
    ownerAccountId: before.ownerAccountId,
    returnPolicy: body.returnPolicy ?? before.returnPolicy,
    priceMarginBp: body.priceMarginBp ?? before.priceMarginBp,
    isActive: body.enabled ?? before.isActive,
    tiers: body.tiers?.map(({ enabled, ...tier }) => ({ ...tier, isEnabled: enabled })) ?? before.tiers,
    credentials: { api: body.credentials?.api ?? null, webhookSecret: body.credentials?.webhookSecret ?? null },
  };
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

function presentStore(store: Store, options: readonly ShippingListRow[]): OpsStore {
  const { storeId, name, description, kind, currency, homepage, returnPolicy, priceMarginBp } = store;
  return {
    storeId,
    name,
    description,
    kind,
    currency,
    homepage,
    returnPolicy,
    priceMarginBp,
    enabled: store.isActive,
    tiers: store.tiers.map(({ isEnabled, ...tier }) => ({ ...tier, enabled: isEnabled })),
    shippingOptions: options
      .filter((option) => option.storeId === storeId)
      .map((option) => ({
        optionId: option.optionId,
        name: option.name,
        kind: option.kind,
        amountCents: toWire(option.amountMinor),
        perItemCents: toWire(option.perItemMinor),
        freeAboveCents: option.freeAboveMinor === null ? null : toWire(option.freeAboveMinor),
        daysMin: option.daysMin,
        daysMax: option.daysMax,
      })),
    credentials: {
      api: store.credentialPurposes.includes("api"),
      webhookSecret: store.credentialPurposes.includes("webhook"),
    },
    updatedAt: store.updatedAt.toISOString(),
  };
}
