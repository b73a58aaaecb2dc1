import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { browseTitle, canonicalHref } from "#web/catalog/browse-title.ts";
import { readProducts } from "#web/catalog/read-products.ts";
import { Results } from "#web/catalog/results.tsx";
import { readSearch } from "#web/catalog/search.ts";

const path = "/browse";

export async function generateMetadata({ searchParams }: PageProps<"/browse">): Promise<Metadata> {
  const search = readSearch(await searchParams);
  const { total, facets } = await readProducts(search);
  const title = await browseTitle(search, facets);
  const description = (await getTranslations("catalog.browse"))("description", { total });
  const canonical = canonicalHref(path, search);
  return {
    title,
    description,
    alternates: { canonical: canonical ?? path },
    ...(canonical === null ? { robots: { index: false } } : {}),
    openGraph: { title, description, url: canonical ?? path },
  };
}

export default async function BrowsePage({ searchParams }: PageProps<"/browse">) {
  const search = readSearch(await searchParams);
  const list = await readProducts(search);
  return (
    <main id="content" className="shell py-10 sm:py-14">
      <h1 className="pb-8 text-2xl font-medium tracking-[-0.015em] lg:pb-10">
        {await browseTitle(search, list.facets)}
      </h1>
      <Results path={path} search={search} list={list} />
    </main>
  );
}
