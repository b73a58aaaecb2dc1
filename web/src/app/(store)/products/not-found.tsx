import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

export { MissingProduct as default } from "#web/catalog/missing.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("catalog.missing"))("product.title"), robots: { index: false } };
}
