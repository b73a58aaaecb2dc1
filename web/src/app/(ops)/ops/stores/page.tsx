import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { mustBeAtDesk } from "#web/ops/read-operator.ts";
import { StoresPage } from "#web/ops/stores/stores-page.tsx";
import { storesHref, storesViewOf } from "#web/ops/stores/stores-view.ts";
import type { Query } from "#web/ops/types.ts";

type Props = { readonly searchParams: Promise<Query> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("ops");
  return { title: t("title.stores"), robots: { index: false } };
}

export default async function Page({ searchParams }: Props) {
  const view = storesViewOf(await searchParams);
  await mustBeAtDesk(storesHref(view));
  return <StoresPage view={view} />;
}
