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
export type Store = Omit<StoreListRow, "tiers" | "currency" | "texts" | "permission"> & {
  readonly currency: "USD" | "KRW";
  readonly texts: StoreTexts;
  readonly tiers: readonly Tier[];
  readonly permission: Permission | null;
};

export async function listStores(db: Db): Promise<Store[]> {
  return (await storeList(db, { storeId: null })).map(storeOf);
}

export async function getStore(db: Db, storeId: string): Promise<Store | null> {
  const [row] = await storeList(db, { storeId });
  return row === undefined ? null : storeOf(row);
}

function storeOf(row: StoreListRow): Store {
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
