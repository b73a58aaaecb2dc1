import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AlertsPage } from "#web/ops/alerts/alerts-page.tsx";
import { alertsHref, alertsViewOf } from "#web/ops/alerts/alerts-view.ts";
import { mustBeAtDesk } from "#web/ops/read-operator.ts";
import type { Query } from "#web/ops/types.ts";

type Props = { readonly searchParams: Promise<Query> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("alerts");
  return { title: t("title"), robots: { index: false } };
}

export default async function Page({ searchParams }: Props) {
  const view = alertsViewOf(await searchParams);
  await mustBeAtDesk(alertsHref(view));
  return <AlertsPage view={view} />;
}
