import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PlacingPage } from "#web/checkout/placing-page.tsx";
import { stripeSource } from "#web/checkout/stripe-source.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("checkout.placing");
  return { title: t("placingTitle"), robots: { index: false } };
}

export default async function Page({ params }: { readonly params: Promise<{ readonly sessionId: string }> }) {
  const { sessionId } = await params;
  return (
    <main id="content" className="shell py-8 sm:py-16">
      <PlacingPage sessionId={sessionId} source={stripeSource()} />
    </main>
  );
}
