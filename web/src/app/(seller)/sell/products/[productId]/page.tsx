import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { call } from "#web/api/call.ts";
import { isApiError } from "#web/api/error.ts";
import { serverApi } from "#web/api/server.ts";
import { ProductPage } from "#web/sell/product-page.tsx";
import { mustSell } from "#web/sell/read-seller.ts";

type Props = { readonly params: Promise<{ readonly productId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sell.products");
  return { title: t("title"), robots: { index: false } };
}

export default async function Page({ params }: Props) {
  const { productId } = await params;
  await mustSell(`/sell/products/${productId}`);
  return <ProductPage initial={await readProduct(productId)} />;
}

async function readProduct(productId: string) {
  const api = await serverApi();
  try {
    return await call(api.GET("/api/v1/seller/products/{productId}", { params: { path: { productId } } }));
  } catch (error) {
    if (isApiError(error, "seller_product_not_found", "request_invalid")) notFound();
    throw error;
  }
}
