import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { mustSell } from "#web/sell/read-seller.ts";
import { SalesPage } from "#web/sell/sales-page.tsx";

type Props = { readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sell.sales");
  return { title: t("title"), robots: { index: false } };
}

export default async function Page({ searchParams }: Props) {
  const seller = await mustSell("/sell/sales");
  const page = Number((await searchParams)["page"] ?? 1);
  return <SalesPage page={Number.isInteger(page) && page >= 1 && page <= 10_000 ? page : 1} seller={seller} />;
}
