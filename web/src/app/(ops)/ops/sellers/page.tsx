import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { mustBeAtDesk } from "#web/ops/read-operator.ts";
import { SellersPage } from "#web/ops/sellers/sellers-page.tsx";
import { sellersHref, sellersViewOf } from "#web/ops/sellers/sellers-view.ts";
import type { Query } from "#web/ops/types.ts";

type Props = { readonly searchParams: Promise<Query> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sellers");
  return { title: t("title"), robots: { index: false } };
}

export default async function Page({ searchParams }: Props) {
  const view = sellersViewOf(await searchParams);
  await mustBeAtDesk(sellersHref(view));
  return <SellersPage view={view} />;
}
