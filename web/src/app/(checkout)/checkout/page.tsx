import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CheckoutPage } from "#web/checkout/checkout-page.tsx";
import { stripeSource } from "#web/checkout/stripe-source.ts";
import { tossSource } from "#web/checkout/toss-source.ts";
import { paidIn, type Wish } from "#web/checkout/wish.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("checkout");
  return { title: t("title"), robots: { index: false } };
}

/** The cart's; of a cart of two currencies, the one that the address names. */
export default async function Page({ searchParams }: PageProps<"/checkout">) {
  const { currency: asked } = await searchParams;
  const currency = paidIn.find((each) => each === asked);
  const wish: Wish = currency === undefined ? { of: "cart" } : { of: "currency", currency };
  return (
    <main id="content" className="shell py-8 sm:py-12">
      <CheckoutPage source={stripeSource()} tossSource={tossSource()} wish={wish} />
    </main>
  );
}
