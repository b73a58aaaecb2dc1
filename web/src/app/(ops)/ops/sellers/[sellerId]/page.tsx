import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { mustBeAtDesk } from "#web/ops/read-operator.ts";
import { SellerPage } from "#web/ops/sellers/seller-page.tsx";
import { isSellerId } from "#web/ops/sellers/sellers-view.ts";

type Props = { readonly params: Promise<{ readonly sellerId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sellers");
  return { title: t("title"), robots: { index: false } };
}

export default async function Page({ params }: Props) {
  const { sellerId } = await params;
  await mustBeAtDesk(`/ops/sellers/${sellerId}`);
  if (!isSellerId(sellerId)) notFound();
  return <SellerPage sellerId={sellerId} />;
}
