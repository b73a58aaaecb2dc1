import { assert } from "#kernel/assert.ts";
import type { Db } from "#platform/db/query.ts";
import { sealCredential, type CredentialOwner, type MasterKey } from "./credential.ts";
import type { PlacementMethod } from "./read-stores.ts";
import { permissionPut, permissionWithdraw, storePut } from "./store.sql.gen.ts";
import type { StoreTexts } from "./texts.ts";

export type TierInput = {
  readonly method: PlacementMethod;
  /** Both are null for the manual desk alone. */
  readonly connector: string | null;
  readonly baseUrl: string | null;
  readonly isEnabled?: boolean;
  readonly triesMax?: number;
  readonly timeoutMs?: number;
};

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

export type StoreInput = {
  readonly storeId: string;
  readonly name: string;
  readonly description: string;
  readonly kind: "retailer" | "seller";
  readonly currency: "USD" | "KRW";
  readonly homepage: string | null;
  readonly ownerAccountId: string | null;
  readonly returnPolicy: string;
  /** The same in other languages; absent leaves what is there. */
  readonly texts?: StoreTexts | undefined;
  /** How far above what the shopper paid the store's total may lie. */
  readonly priceMarginBp: number;
  readonly isActive: boolean;
  /** Where people order, how long shoppers are told that it may take; absent leaves what is there. */
  readonly byHandHoursMax?: number | undefined;
  /** Absent leaves what is there; null takes it back. */
  readonly permission?: PermissionInput | null | undefined;
  /** In the order they are tried. */
  readonly tiers: readonly TierInput[];
  /**
   * Given ones replace what is there, null or absent ones leave it. `api` is what its connector signs in with,
   * `headless` the account that the browser does.
   */
  readonly credentials?: {
    readonly api?: Readonly<Record<string, string>> | null;
    readonly headless?: Readonly<Record<string, string>> | null;
    readonly webhookSecret?: string | null;
  };
};

/** `fixed_field`: a store's kind and currency cannot change, because orders and products hang on them. */
export type PutStoreResult = { readonly kind: "put" } | { readonly kind: "fixed_field" };

/**
 * Makes a store or brings it up to date, credentials sealed before they leave this process (P4). With a permission it
 * is two statements: call it in a transaction then.
 */
export async function putStore(db: Db, master: MasterKey, input: StoreInput): Promise<PutStoreResult> {
  assert(input.tiers.length <= 9, "putStore: at most nine tiers");
  const { tiers, credentials, permission, ...store } = input;
  const { api = null, headless = null, webhookSecret = null } = credentials ?? {};
  const sealed = [
    ...(api === null ? [] : [sealedRow(master, store.storeId, "api", JSON.stringify(api))]),
    ...(headless === null ? [] : [sealedRow(master, store.storeId, "headless", JSON.stringify(headless))]),
    ...(webhookSecret === null ? [] : [sealedRow(master, store.storeId, "webhook", webhookSecret)]),
  ];
  const { isPut } = await storePut(db, {
    ...store,
    texts: store.texts ?? null,
    byHandHoursMax: store.byHandHoursMax ?? null,
    tiers: tiers.map((tier, index) => ({
      position: index + 1,
      method: tier.method,
      connector: tier.connector,
      base_url: tier.baseUrl,
      is_enabled: tier.isEnabled ?? true,
      tries_max: tier.triesMax ?? 4,
      timeout_ms: tier.timeoutMs ?? 10_000,
    })),
    purposes: sealed.map(({ purpose }) => purpose),
    wrappedKeys: sealed.map(({ wrappedKey }) => wrappedKey),
    sealed: sealed.map((row) => row.sealed),
    masterKeyIds: sealed.map(({ masterKeyId }) => masterKeyId),
  });
  if (!isPut) return { kind: "fixed_field" };
  if (permission === null) await permissionWithdraw(db, { storeId: store.storeId });
  if (permission !== null && permission !== undefined) await permit(db, store.storeId, permission);
  return { kind: "put" };
}

async function permit(db: Db, storeId: string, { hours, ...permission }: PermissionInput): Promise<void> {
  await permissionPut(db, { storeId, ...permission, ...(hours ?? anyTime) });
}

const anyTime = { timeZone: "UTC", opensAt: null, closesAt: null, days: [1, 2, 3, 4, 5, 6, 7] } as const;

function sealedRow(master: MasterKey, storeId: string, purpose: CredentialOwner["purpose"], text: string) {
  return { purpose, ...sealCredential(master, { storeId, purpose }, text) };
}
