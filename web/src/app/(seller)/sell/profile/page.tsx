import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ProfilePage } from "#web/sell/profile-page.tsx";
import { mustSell } from "#web/sell/read-seller.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sell.profile");
  return { title: t("title"), robots: { index: false } };
}

export default async function Page() {
  return <ProfilePage seller={await mustSell("/sell/profile")} />;
}
