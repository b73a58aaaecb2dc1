import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { readAccount } from "#web/account/read-account.ts";
import { SignUpPage } from "#web/account/sign-up-page.tsx";
import { wayBack } from "#web/account/way-back.ts";

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.signUp");
  return { title: t("title"), robots: { index: false } };
}

export default async function Page({ searchParams }: Props) {
  const query = await searchParams;
  const next = wayBack(query["next"]);
  if ((await readAccount())?.kind === "person") redirect(next);
  return (
    <main id="content" className="shell py-10 sm:py-16">
      <div className="mx-auto max-w-md">
        <SignUpPage next={next} />
      </div>
    </main>
  );
}
