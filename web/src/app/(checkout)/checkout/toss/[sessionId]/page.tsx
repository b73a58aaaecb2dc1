import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TossReturnPage } from "#web/checkout/toss-return-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("checkout.placing");
  return { title: t("payingTitle"), robots: { index: false } };
}

export default async function Page({ params }: { readonly params: Promise<{ readonly sessionId: string }> }) {
  const { sessionId } = await params;
  return (
    <main id="content" className="shell py-8 sm:py-16">
      <TossReturnPage sessionId={sessionId} />
    </main>
  );
}
