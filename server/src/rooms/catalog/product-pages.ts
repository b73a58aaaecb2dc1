import type { Pool } from "#platform/db/pool.ts";
import { tx } from "#platform/db/tx.ts";
import type { ReadWebPage, WebPageRefusal } from "#platform/outbound/web-page.ts";
import { importLock, pageFind, pageGone, pageNote, pageProducts, pageStores, pageTwin } from "./catalog.sql.gen.ts";
import type { PageProduct, PageTrouble } from "./page/read-product.ts";
import { normaliseProductUrl, productUrlForms } from "./product-url.ts";
import { openPageReader } from "./read-page-apart.ts";
import { addressAtStore, storeOfPage, type StoreAddress } from "./store-of-page.ts";
import { writeGoods } from "./write-goods.ts";

export type Learned =
  /** The catalogue has it, under the address that was asked for. */
  | { readonly kind: "known"; readonly productId: string }
  | { readonly kind: "store_unknown" | "sold_out" | "busy" | WebPageRefusal | PageTrouble }
  | { readonly kind: "too_often"; readonly retryAfterS: number };

export type LearnPage = {
  readonly url: string;
  /** Asked before anything is fetched of a store: the seconds to wait, 0 to go on. */
  readonly admit: (storeId: string) => number;
};

export type ProductPages = {
  /**
   * Sees to it that the catalogue has the product of a page, reading the page where it is new or has not been read
   * lately.
   */
  readonly learn: (db: Pool, wanted: LearnPage) => Promise<Learned>;
  /** Reads those of these products' pages again whose price is old, so that nobody is charged by an old one. */
  readonly refresh: (db: Pool, productIds: readonly string[]) => Promise<void>;
};

/** How long a page's word is taken for today's. Shoppers who add one thing together cost its store one request. */
const freshS = 10 * 60;
/** A store that cannot be reached for a moment keeps its prices; the database sells by none that is older than this. */
const validS = 24 * 60 * 60;
/** Pages read at once, by one process: each is a connection, a megabyte, and a wait of seconds. */
const readingsMax = 12;
/** Of one cart, before one checkout. All are read at once, so that the wait is that of the slowest. */
const refreshedMax = 12;

/**
 * Products by the addresses of their pages. A page is read outside of any transaction, for stores that Muse knows only
 * (docs/decisions/0061-products-by-address.md), and each address once at a time, however many ask.
 */
export function openProductPages(readWebPage: ReadWebPage): ProductPages {
  const readPage = openPageReader();
  const readings = new Map<string, Promise<Learned>>();
  const once = (key: string, read: () => Promise<Learned>): Promise<Learned> => {
    const known = readings.get(key);
    if (known !== undefined) return known;
    if (readings.size >= readingsMax) return Promise.resolve({ kind: "busy" });
    const reading = read().finally(() => readings.delete(key));
    readings.set(key, reading);
    return reading;
  };
  const learn = async (db: Pool, { url, admit }: LearnPage): Promise<Learned> => {
    const target = URL.parse(url.trim());
    const key = normaliseProductUrl(url);
    if (target === null || key === null || target.username !== "" || target.password !== "")
      return { kind: "address_refused" };
    const known = await pageFind(db, { urls: productUrlForms(url) });
    if (known !== null && isFresh(known)) return { kind: "known", productId: known.productId };
    const stores = await pageStores(db);
    const store = storeOfPage(stores, target);
    if (store === null) return { kind: "store_unknown" };
    const retryAfterS = admit(store.storeId);
    if (retryAfterS > 0) return { kind: "too_often", retryAfterS };
    return await once(key, () => readAgain({ db, readWebPage, readPage, store, url: key, known }));
  };
  return {
    learn,
    refresh: async (db, productIds) => {
      if (productIds.length === 0) return;
      const old = await pageProducts(db, { productIds: [...productIds], freshS });
      await Promise.all(old.slice(0, refreshedMax).map(({ productUrl: url }) => learn(db, { url, admit: () => 0 })));
    },
  };
}

type Known = NonNullable<Awaited<ReturnType<typeof pageFind>>>;
type Reading = {
  readonly db: Pool;
  readonly readWebPage: ReadWebPage;
  readonly readPage: ReturnType<typeof openPageReader>;
  readonly store: StoreAddress;
  readonly url: string;
  readonly known: Known | null;
};

/** What a feed keeps is the feed's business, sold or not. */
function isFresh({ readSAgo, isActive }: Known): boolean {
  return readSAgo === null || (isActive && readSAgo < freshS);
}

/** What a shop cannot tell at this moment; anything else is what it says. */
const passing: readonly Learned["kind"][] = ["unreachable", "timed_out", "blocked"];

async function readAgain({ known, ...reading }: Reading): Promise<Learned> {
  const { db } = reading;
  const learned = await readOnce(reading);
  if (known === null || known.readSAgo === null || learned.kind === "known" || learned.kind === "sold_out")
    return learned;
  if (passing.includes(learned.kind)) {
    const isValid = known.isActive && known.readSAgo < validS;
    return isValid ? { kind: "known", productId: known.productId } : learned;
  }
  await pageGone(db, { productId: known.productId });
  return learned;
}

async function readOnce({ db, readWebPage, readPage, store, url }: Omit<Reading, "known">): Promise<Learned> {
  const start = addressAtStore(new URL(url), store);
  if (start === null) return { kind: "store_unknown" };
  const page = await readWebPage(start.href, (each) => addressAtStore(each, store)?.protocol === each.protocol);
  if (page.kind !== "page") return page;
  const { type, encoding, body } = page;
  const reading = await readPage({ type, encoding, body, url: page.url, store });
  if (reading.kind !== "product") return reading;
  const productId = await keep(db, store, url, reading.read);
  if (productId === null) return { kind: "store_unknown" };
  const isThere = reading.read.product.variants.some(({ stock }) => stock > 0);
  return isThere ? { kind: "known", productId } : { kind: "sold_out" };
}

/**
 * Writes what was read, or finds the product of the store's own feed that it is. Null when the store is gone
 * meanwhile.
 */
async function keep(
  db: Pool,
  { storeId }: StoreAddress,
  url: string,
  { product, chosenSku }: PageProduct,
): Promise<string | null> {
  const urls = productUrlForms(product.url ?? url);
  return await tx(db, "catalog.page", async (open) => {
    if ((await importLock(open, { storeId })) === null) return null;
    const twin = await pageTwin(open, { storeId, urls });
    const productId =
      twin?.productId ??
      (await writeGoods(open, { storeId, kind: "physical", products: [product], isPage: true })).put[0]?.productId ??
      null;
    const isWayIn = !urls.includes(url) || chosenSku !== null;
    if (productId !== null && isWayIn) await pageNote(open, { url, productId, sku: chosenSku });
    return productId;
  });
}
