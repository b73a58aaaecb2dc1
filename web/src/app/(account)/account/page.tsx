import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AccountPage } from "#web/account/account-page.tsx";
import { readAccount } from "#web/account/read-account.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("title"), robots: { index: false } };
}

export default async function Page() {
  const account = await readAccount();
  if (account === null) redirect("/sign-in");
  return (
    <main id="content" className="shell py-10 sm:py-14">
      <div className="mx-auto max-w-5xl">
        <AccountPage account={account} />
      </div>
    </main>
  );
}
