import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { mustBeAtDesk } from "#web/ops/read-operator.ts";
import { StorePage } from "#web/ops/stores/store-page.tsx";

type Props = { readonly params: Promise<{ readonly storeId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("ops");
  const { storeId } = await params;
  return { title: t("title.store", { store: storeId }), robots: { index: false } };
}

export default async function Page({ params }: Props) {
  const { storeId } = await params;
  await mustBeAtDesk(`/ops/stores/${encodeURIComponent(storeId)}`);
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{1,63}$/.test(storeId)) notFound();
  return <StorePage storeId={storeId} />;
}
