import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

export { MissingStore as default } from "#web/catalog/missing.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("catalog.missing"))("store.title"), robots: { index: false } };
}
