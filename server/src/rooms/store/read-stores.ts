import type { Db } from "#platform/db/query.ts";
import type { PermissionInput } from "./permission.ts";
import { storeList, type StoreListRow } from "./store.sql.gen.ts";
import type { StoreTexts } from "./texts.ts";

export type PlacementMethod = "api" | "headless" | "manual";

export type Tier = {
  readonly position: number;
  readonly method: PlacementMethod;
  readonly connector: string | null;
  readonly baseUrl: string | null;
  readonly isEnabled: boolean;
  readonly triesMax: number;
  readonly timeoutMs: number;
};

/** As it was recorded. `hours` null: at any time. */
export type Permission = PermissionInput & { readonly recordedAt: Date };

/**
 * A store with its tiers in the order they are tried. Of credentials only which there are: none is opened to be shown.
 */
export type Store = Omit<StoreListRow, "tiers" | "currency" | "texts" | "permission" | "total"> & {
  readonly currency: "USD" | "KRW";
  readonly texts: StoreTexts;
  readonly tiers: readonly Tier[];
  readonly permission: Permission | null;
};

export type StorePage = {
  /** Part of the name, or the whole id; null: whatever they are called. */
  readonly query: string | null;
  readonly kind: "retailer" | "seller" | null;
  readonly limit: number;
  readonly offset: number;
};

/** A page of stores, retailers first, and how many there are on all of them. */
export async function listStores(
  db: Db,
  page: StorePage,
): Promise<{ readonly stores: readonly Store[]; readonly total: bigint }> {
  const rows = await storeList(db, { storeId: null, ...page });
  return { stores: rows.map(storeOf), total: rows[0]?.total ?? 0n };
}

export async function getStore(db: Db, storeId: string): Promise<Store | null> {
  const [row] = await storeList(db, { storeId, query: null, kind: null, limit: 1, offset: 0 });
  return row === undefined ? null : storeOf(row);
}

function storeOf({ total: _of, ...row }: StoreListRow): Store {
  return {
    ...row,
    currency: row.currency as Store["currency"],
    texts: row.texts as StoreTexts,
    tiers: row.tiers as readonly Tier[],
    permission: row.permission === null ? null : permissionOf(row.permission as PermissionRecord),
  };
}

/** As `storeList` writes it. */
type PermissionRecord = Omit<Permission, "hours" | "recordedAt"> & {
  readonly recordedAt: string;
  readonly timeZone: string;
  readonly opensAt: string | null;
  readonly closesAt: string | null;
  readonly days: readonly number[];
};

function permissionOf({ timeZone, opensAt, closesAt, days, recordedAt, ...record }: PermissionRecord): Permission {
  const isAlways = opensAt === null && days.length === 7;
  return {
    ...record,
    recordedAt: new Date(recordedAt),
    hours: isAlways ? null : { timeZone, opensAt, closesAt, days },
  };
}
