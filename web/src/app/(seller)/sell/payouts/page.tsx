import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { mustSell } from "#web/sell/read-seller.ts";
import { PayoutsPage } from "#web/sell/payouts-page.tsx";

type Props = { readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sell.payouts");
  return { title: t("title"), robots: { index: false } };
}

export default async function Page({ searchParams }: Props) {
  const seller = await mustSell("/sell/payouts");
  const page = Number((await searchParams)["page"] ?? 1);
  return <PayoutsPage page={Number.isInteger(page) && page >= 1 && page <= 10_000 ? page : 1} seller={seller} />;
}
