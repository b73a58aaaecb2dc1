import type { Db } from "#platform/db/query.ts";
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

/**
 * A store with its tiers in the order they are tried. Of credentials only which there are: none is opened to be shown.
 */
export type Store = Omit<StoreListRow, "tiers" | "currency" | "texts"> & {
  readonly currency: "USD" | "KRW";
  readonly texts: StoreTexts;
  readonly tiers: readonly Tier[];
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
  };
}
