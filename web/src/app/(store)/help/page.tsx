import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { HelpIndex } from "#web/help/help-index.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("help");
  return { title: t("title"), description: t("lead"), alternates: { canonical: "/help" } };
}

export default function HelpPage() {
  return (
    <main id="content" className="shell py-10 sm:py-14">
      <HelpIndex />
    </main>
  );
}
