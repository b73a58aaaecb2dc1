import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AddByLink, productLink } from "#web/cart/index.ts";
import { browseTitle, canonicalHref } from "#web/catalog/browse-title.ts";
import { readProducts } from "#web/catalog/read-products.ts";
import { Results } from "#web/catalog/results.tsx";
import { readSearch, type SearchParams } from "#web/catalog/search.ts";

const path = "/browse";

export async function generateMetadata({ searchParams }: PageProps<"/browse">): Promise<Metadata> {
  const asked = await searchParams;
  if (linkIn(asked) !== null) {
    const t = await getTranslations("catalog.browse");
    return { title: t("titleLink"), robots: { index: false } };
  }
  const search = readSearch(asked);
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
  const asked = await searchParams;
  const link = linkIn(asked);
  if (link !== null) return <LinkPage link={link} />;
  const search = readSearch(asked);
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

/**
 * Somebody pasted a link where words are looked for. An address that is opened changes nothing: adding is their
 * word.
 */
async function LinkPage({ link }: { readonly link: string }) {
  const t = await getTranslations("catalog.browse");
  return (
    <main id="content" className="shell min-h-[85vh] py-10 sm:py-14">
      <h1 className="pb-8 text-2xl font-medium tracking-[-0.015em] lg:pb-10">{t("titleLink")}</h1>
      <AddByLink key={link} initialLink={link} className="max-w-2xl" />
    </main>
  );
}

function linkIn(asked: SearchParams): string | null {
  return productLink([asked["q"]].flat()[0] ?? "");
}
