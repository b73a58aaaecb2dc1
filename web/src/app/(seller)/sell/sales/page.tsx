import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { mustSell } from "#web/sell/read-seller.ts";
import { SalesPage } from "#web/sell/sales-page.tsx";
import { pageNumber } from "#web/ui/page-number.ts";

type Props = { readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sell.sales");
  return { title: t("title"), robots: { index: false } };
}

export default async function Page({ searchParams }: Props) {
  const seller = await mustSell("/sell/sales");
  return <SalesPage page={pageNumber((await searchParams)["page"])} seller={seller} />;
}
