import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FiguresPage } from "#web/ops/figures/figures-page.tsx";
import { figuresHref, figuresViewOf } from "#web/ops/figures/figures-view.ts";
import { mustBeAtDesk } from "#web/ops/read-operator.ts";
import type { Query } from "#web/ops/types.ts";

type Props = { readonly searchParams: Promise<Query> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("ops");
  return { title: t("title.figures"), robots: { index: false } };
}

export default async function Page({ searchParams }: Props) {
  const view = figuresViewOf(await searchParams);
  await mustBeAtDesk(figuresHref(view));
  return <FiguresPage view={view} />;
}
