import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

export async function nothingHereMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("ui.notFound"))("title"), robots: { index: false } };
}
