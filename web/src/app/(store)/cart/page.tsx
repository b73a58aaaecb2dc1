import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CartPage } from "#web/cart/cart-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("cart");
  return { title: t("title"), robots: { index: false } };
}

export default async function Page() {
  const t = await getTranslations("cart");
  return (
    <main id="content" className="shell py-10 sm:py-14">
      {/* Takes the focus when the last line is removed. */}
      <h1 tabIndex={-1} className="pb-8 text-2xl font-medium">
        {t("title")}
      </h1>
      <CartPage />
    </main>
  );
}
