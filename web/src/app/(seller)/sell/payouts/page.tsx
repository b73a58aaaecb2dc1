import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { mustSell } from "#web/sell/read-seller.ts";
import { PayoutsPage } from "#web/sell/payouts-page.tsx";
import { pageNumber } from "#web/ui/page-number.ts";

type Props = { readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sell.payouts");
  return { title: t("title"), robots: { index: false } };
}

export default async function Page({ searchParams }: Props) {
  const seller = await mustSell("/sell/payouts");
  return <PayoutsPage page={pageNumber((await searchParams)["page"])} seller={seller} />;
}
