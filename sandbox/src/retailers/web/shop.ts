import { must } from "#core/assert.ts";
import type { Retail } from "../retail.ts";
import { findStore, type Store, type StoreSlug } from "../stores.ts";
import { openAccounts, type Accounts } from "./accounts.ts";
import { openShopSessions, type ShopSessions } from "./shop-session.ts";

/** One web shop: what its pages stand on. */
export type Shop = {
  readonly slug: StoreSlug;
  readonly store: Store;
  /** Where its pages begin: `/retailers/<slug>`. */
  readonly base: string;
  readonly retail: Retail;
  readonly sessions: ShopSessions;
  readonly accounts: Accounts;
};

/** @param cookie the name of its session cookie: no two shops name theirs alike */
export function openShop(retail: Retail, slug: StoreSlug, cookie: string): Shop {
  const base = `/retailers/${slug}`;
  const store = must(findStore(slug), `${slug} is a store`);
  const accounts = openAccounts(retail.world, store);
  return { slug, store, base, retail, accounts, sessions: openShopSessions(retail.world, { slug, base, cookie }) };
}

/** What a route of a shop is called, so that faults can aim at it. */
export function named(
  shop: Shop,
  endpoint: string,
): { readonly config: { readonly part: string; readonly endpoint: string } } {
  return { config: { part: shop.slug, endpoint } };
}
