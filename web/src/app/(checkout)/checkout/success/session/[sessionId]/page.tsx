import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ConfirmationPage } from "#web/checkout/confirmation-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("checkout.done");
  return { title: t("title"), robots: { index: false } };
}

export default async function Page({ params }: { readonly params: Promise<{ readonly sessionId: string }> }) {
  const { sessionId } = await params;
  return (
    <main id="content" className="shell py-8 sm:py-12">
      <ConfirmationPage sessionId={sessionId} />
    </main>
  );
}
