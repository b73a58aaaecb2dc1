import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { MoneyPage } from "#web/ops/money/money-page.tsx";
import { moneyHref, moneyViewOf } from "#web/ops/money/money-view.ts";
import { mustBeAtDesk } from "#web/ops/read-operator.ts";
import type { Query } from "#web/ops/types.ts";

type Props = { readonly searchParams: Promise<Query> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("money");
  return { title: t("title"), robots: { index: false } };
}

export default async function Page({ searchParams }: Props) {
  const view = moneyViewOf(await searchParams);
  await mustBeAtDesk(moneyHref(view));
  return <MoneyPage view={view} />;
}
