import { assert } from "#kernel/assert.ts";
import type { Db } from "#platform/db/query.ts";
import { sealCredential, type CredentialOwner, type MasterKey } from "./credential.ts";
import { putPermission, type PermissionInput } from "./permission.ts";
import type { PlacementMethod } from "./read-stores.ts";
import { storePut } from "./store.sql.gen.ts";
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
  const sealed = sealedRows(master, store.storeId, credentials ?? {});
  const { isPut } = await storePut(db, {
    ...store,
    texts: store.texts ?? null,
    byHandHoursMax: store.byHandHoursMax ?? null,
    tiers: tiers.map(tierRow),
    purposes: sealed.map(({ purpose }) => purpose),
    wrappedKeys: sealed.map(({ wrappedKey }) => wrappedKey),
    sealed: sealed.map((row) => row.sealed),
    masterKeyIds: sealed.map(({ masterKeyId }) => masterKeyId),
  });
  if (!isPut) return { kind: "fixed_field" };
  await putPermission(db, store.storeId, permission);
  return { kind: "put" };
}

function tierRow(tier: TierInput, index: number) {
  return {
    position: index + 1,
    method: tier.method,
    connector: tier.connector,
    base_url: tier.baseUrl,
    is_enabled: tier.isEnabled ?? true,
    tries_max: tier.triesMax ?? 4,
    timeout_ms: tier.timeoutMs ?? 10_000,
  };
}

function sealedRows(
  master: MasterKey,
  storeId: string,
  { api, headless, webhookSecret }: NonNullable<StoreInput["credentials"]>,
) {
  const texts: readonly (readonly [CredentialOwner["purpose"], string | null])[] = [
    ["api", textOf(api)],
    ["headless", textOf(headless)],
    ["webhook", webhookSecret ?? null],
  ];
  return texts.flatMap(([purpose, text]) =>
    text === null ? [] : [{ purpose, ...sealCredential(master, { storeId, purpose }, text) }],
  );
}

function textOf(fields: Readonly<Record<string, string>> | null | undefined): string | null {
  return fields === null || fields === undefined ? null : JSON.stringify(fields);
}
