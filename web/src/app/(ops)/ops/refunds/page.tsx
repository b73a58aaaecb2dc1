import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { RefundsPage } from "#web/ops/refunds/refunds-page.tsx";
import { refundsHref, refundsViewOf } from "#web/ops/refunds/refunds-view.ts";
import { mustBeAtDesk } from "#web/ops/read-operator.ts";
import type { Query } from "#web/ops/types.ts";

type Props = { readonly searchParams: Promise<Query> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("ops");
  return { title: t("title.refunds"), robots: { index: false } };
}

export default async function Page({ searchParams }: Props) {
  const view = refundsViewOf(await searchParams);
  await mustBeAtDesk(refundsHref(view));
  return <RefundsPage view={view} />;
}
