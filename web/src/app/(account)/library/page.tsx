import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { call } from "#web/api/call.ts";
import { isApiError } from "#web/api/error.ts";
import { serverApi } from "#web/api/server.ts";
import { LibraryPage } from "#web/library/library-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("library");
  return { title: t("title"), robots: { index: false } };
}

export default async function Page() {
  const t = await getTranslations("library");
  return (
    <main id="content" className="shell py-10 sm:py-14">
      <div className="mx-auto max-w-4xl">
        <h1 className="text-2xl font-medium">{t("title")}</h1>
        <p className="pt-2 pb-8 text-muted">{t("lead")}</p>
        <LibraryPage initial={await readLibrary()} />
      </div>
    </main>
  );
}

async function readLibrary() {
  const api = await serverApi();
  try {
    return (await call(api.GET("/api/v1/library"))).items;
  } catch (error) {
    if (isApiError(error, "not_signed_in")) redirect(`/sign-in?next=${encodeURIComponent("/library")}`);
    throw error;
  }
}
