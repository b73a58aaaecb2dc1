import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NewProductPage } from "#web/sell/new-product-page.tsx";
import { mustSell } from "#web/sell/read-seller.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sell.product");
  return { title: t("newTitle"), robots: { index: false } };
}

export default async function Page() {
  await mustSell("/sell/products/new");
  return <NewProductPage />;
}
