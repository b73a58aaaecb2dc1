import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { call } from "#web/api/call.ts";
import { isApiError } from "#web/api/error.ts";
import { serverApi } from "#web/api/server.ts";
import { LibraryPage } from "#web/library/library-page.tsx";
import { pageQueryOf } from "#web/library/library-query.ts";
import { pageNumber } from "#web/ui/page-number.ts";

type Props = { readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("library");
  return { title: t("title"), robots: { index: false } };
}

export default async function Page({ searchParams }: Props) {
  const t = await getTranslations("library");
  const page = pageNumber((await searchParams)["page"]);
  return (
    <main id="content" className="shell py-10 sm:py-14">
      <div className="mx-auto max-w-4xl">
        <h1 className="text-2xl font-medium">{t("title")}</h1>
        <p className="pt-2 pb-8 text-muted">{t("lead")}</p>
        <LibraryPage page={page} initial={await readLibrary(page)} />
      </div>
    </main>
  );
}

async function readLibrary(page: number) {
  const api = await serverApi();
  try {
    const read = await call(api.GET("/api/v1/library", { params: { query: pageQueryOf(page) } }));
    // What was given back may have emptied the last page.
    if (read.items.length === 0 && page > 1) redirect("/library");
    return read;
  } catch (error) {
    if (isApiError(error, "not_signed_in")) redirect(`/sign-in?next=${encodeURIComponent("/library")}`);
    throw error;
  }
}
