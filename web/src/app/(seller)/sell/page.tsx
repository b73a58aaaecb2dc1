import { sellerRanges } from "@muse/contracts/seller-choices";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { FiguresPage } from "#web/sell/figures-page.tsx";
import { readSeller } from "#web/sell/read-seller.ts";
import { SignUpPage } from "#web/sell/sign-up-page.tsx";

type Props = { readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sell");
  return { title: t("title"), robots: { index: false } };
}

export default async function Page({ searchParams }: Props) {
  const visitor = await readSeller();
  if (visitor.kind === "nobody") redirect(`/sign-in?next=${encodeURIComponent("/sell")}`);
  if (visitor.kind === "person") return <SignUpPage name={visitor.name} />;
  const { range } = await searchParams;
  return <FiguresPage range={sellerRanges.find((known) => known === range) ?? "30d"} />;
}
