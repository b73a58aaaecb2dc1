import type { ErrorCode } from "@muse/contracts/error";
import type { Pool } from "#platform/db/pool.ts";
import { problem, type Problem } from "#platform/http/problem.ts";
import { addressKey, type RateLimit } from "#platform/http/rate-limit.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import type { Learned, ProductPages } from "#rooms/catalog";
import { pagesInCart } from "./cart.sql.gen.ts";

/** How products are read off their pages; null where nothing outside is read. */
export type Pages = ProductPages | null;

/** Each page that was not read by its code on the wire. */
const codes = {
  address_refused: "product_url_unknown",
  store_unknown: "page_store_unknown",
  not_found: "page_not_found",
  not_html: "page_not_product",
  not_product: "page_not_product",
  several_products: "page_several_products",
  no_price: "page_price_missing",
  other_currency: "page_currency_other",
  sold_out: "page_sold_out",
  too_large: "page_too_large",
  timed_out: "page_timed_out",
  unreachable: "page_unreachable",
  blocked: "page_blocked",
  busy: "overloaded",
  too_often: "rate_limited",
} as const satisfies Record<Exclude<Learned["kind"], "known">, ErrorCode>;

type PageCode = (typeof codes)[keyof typeof codes];
export const pageErrors = Object.values(codes).filter((code, index, all) => all.indexOf(code) === index);

/**
 * Far above what a person pastes in. Somebody who probes stores by our hand is stopped by the first, a crowd by the
 * others.
 */
const perAccount: RateLimit = { windowS: 60, countMax: 20 };
const perAddress: RateLimit = { windowS: 600, countMax: 120 };
/** What a small shop does not notice. */
const perStore: RateLimit = { windowS: 60, countMax: 90 };

type LearnPage = {
  readonly db: Pool;
  readonly url: string;
  readonly accountId: string;
  readonly ip: string;
};

/** Sees to it that the catalogue knows the product of this page before it is added. Null when it does. */
export async function learnPage(
  http: HttpServer,
  pages: Pages,
  { db, url, accountId, ip }: LearnPage,
): Promise<Problem<PageCode> | null> {
  if (pages === null) return null;
  const address = addressKey(ip);
  const learned = await pages.learn(db, {
    url,
    admit: (storeId) =>
      http.limiter.take(perAccount, "product page by account", accountId) ||
      (address === null ? 0 : http.limiter.take(perAddress, "product page by address", address)) ||
      http.limiter.take(perStore, "product page by store", storeId),
  });
  if (learned.kind === "known") return null;
  return problem(
    codes[learned.kind],
    learned.kind === "too_often" ? { retryAfterS: learned.retryAfterS } : { field: "url" },
  );
}

/** Reads the pages again that a cart's old prices came from. For who is about to promise those prices. */
export async function refreshCart(db: Pool, pages: Pages, accountId: string): Promise<void> {
  if (pages === null) return;
  const products = await pagesInCart(db, { accountId });
  await pages.refresh(
    db,
    products.map(({ productId }) => productId),
  );
}
