import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { OrdersPage } from "#web/ops/orders/orders-page.tsx";
import { ordersHref, ordersViewOf } from "#web/ops/orders/orders-view.ts";
import { mustBeAtDesk } from "#web/ops/read-operator.ts";
import type { Query } from "#web/ops/types.ts";

type Props = { readonly searchParams: Promise<Query> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("ops");
  return { title: t("title.orders"), robots: { index: false } };
}

export default async function Page({ searchParams }: Props) {
  const view = ordersViewOf(await searchParams);
  await mustBeAtDesk(ordersHref(view));
  return <OrdersPage view={view} />;
}
