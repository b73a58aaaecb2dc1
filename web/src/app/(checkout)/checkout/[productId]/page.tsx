import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CheckoutPage } from "#web/checkout/checkout-page.tsx";
import { stripeSource } from "#web/checkout/stripe-source.ts";
import { tossSource } from "#web/checkout/toss-source.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("checkout");
  return { title: t("title"), robots: { index: false } };
}

/** One digital product, bought beside whatever is in the cart. */
export default async function Page({ params }: { readonly params: Promise<{ readonly productId: string }> }) {
  const { productId } = await params;
  return (
    <main id="content" className="shell py-8 sm:py-12">
      <CheckoutPage source={stripeSource()} tossSource={tossSource()} wish={{ of: "product", productId }} />
    </main>
  );
}
