import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ProductsPage } from "#web/sell/products-page.tsx";
import { mustSell } from "#web/sell/read-seller.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sell.products");
  return { title: t("title"), robots: { index: false } };
}

export default async function Page() {
  await mustSell("/sell/products");
  return <ProductsPage />;
}
