import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ProductsPage } from "#web/sell/products-page.tsx";
import { mustSell } from "#web/sell/read-seller.ts";
import { pageNumber } from "#web/ui/page-number.ts";

type Props = { readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sell.products");
  return { title: t("title"), robots: { index: false } };
}

export default async function Page({ searchParams }: Props) {
  await mustSell("/sell/products");
  return <ProductsPage page={pageNumber((await searchParams)["page"])} />;
}
