import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { StoresPage } from "#web/ops/stores/stores-page.tsx";
import { mustBeAtDesk } from "#web/ops/read-operator.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("ops");
  return { title: t("title.stores"), robots: { index: false } };
}

export default async function Page() {
  await mustBeAtDesk("/ops/stores");
  return <StoresPage />;
}
