import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { inScript, productJsonLd } from "#web/catalog/product-json-ld.ts";
import { ProductPage } from "#web/catalog/product-page.tsx";
import { ProductReviews } from "#web/catalog/product-reviews.tsx";
import { readProduct, readProductPage } from "#web/catalog/read-product.ts";
import { webConfig } from "#web/config.ts";
import { pageNonce } from "#web/nonce.ts";

type Props = PageProps<"/products/[productId]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { productId, title, storeName, description: own, images } = await readProduct((await params).productId);
  const t = await getTranslations("catalog.product");
  const description = own === "" ? t("description", { title, store: storeName }) : own;
  const canonical = `/products/${productId}`;
  return {
    title: t("pageTitle", { title, store: storeName }),
    description,
    alternates: { canonical },
    openGraph: {
      title,
      description,
      url: canonical,
      ...(images.length === 0 ? {} : { images: images.slice(0, 4).map(({ url }) => ({ url, alt: title })) }),
    },
  };
}

export default async function Page({ params, searchParams }: Props) {
  const { variant } = await searchParams;
  const shown = await readProductPage((await params).productId);
  return (
    <main id="content" className="shell py-6 sm:py-8">
      <script
        type="application/ld+json"
        nonce={await pageNonce()}
        dangerouslySetInnerHTML={{ __html: inScript(productJsonLd(shown.product, webConfig().appUrl)) }}
      />
      <ProductPage {...shown} variantId={typeof variant === "string" ? variant : null} />
      {shown.product.kind === "digital" && <ProductReviews productId={shown.product.productId} />}
    </main>
  );
}
