import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { canonicalHref } from "#web/catalog/browse-title.ts";
import { readStore } from "#web/catalog/read-product.ts";
import { readProducts } from "#web/catalog/read-products.ts";
import { Results } from "#web/catalog/results.tsx";
import { readSearch } from "#web/catalog/search.ts";
import { StoreHead } from "#web/catalog/store-head.tsx";

type Props = PageProps<"/stores/[storeId]">;

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { storeId, name, description: own } = await readStore((await params).storeId);
  const description = (await getTranslations("catalog.store"))("description", { description: own, store: name });
  const path = `/stores/${storeId}`;
  const canonical = canonicalHref(path, { ...readSearch(await searchParams), stores: [] });
  return {
    title: name,
    description,
    alternates: { canonical: canonical ?? path },
    ...(canonical === null ? { robots: { index: false } } : {}),
    openGraph: { title: name, description, url: canonical ?? path },
  };
}

export default async function StorePage({ params, searchParams }: Props) {
  const store = await readStore((await params).storeId);
  // The store is the path's; another one that the query names is passed over.
  const search = { ...readSearch(await searchParams), stores: [] };
  const list = await readProducts({ ...search, stores: [store.storeId] });
  return (
    <main id="content" className="shell py-10 sm:py-14">
      <StoreHead store={store} />
      <div className="border-t border-line pt-10">
        <Results path={`/stores/${store.storeId}`} search={search} list={list} isOfOneStore />
      </div>
    </main>
  );
}
