import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { DisputePage } from "#web/ops/money/dispute-page.tsx";
import { isDisputeId } from "#web/ops/money/money-view.ts";
import { mustBeAtDesk } from "#web/ops/read-operator.ts";

type Props = { readonly params: Promise<{ readonly disputeId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("money");
  return { title: t("disputeTitle"), robots: { index: false } };
}

export default async function Page({ params }: Props) {
  const { disputeId } = await params;
  await mustBeAtDesk(`/ops/money/disputes/${disputeId}`);
  if (!isDisputeId(disputeId)) notFound();
  return <DisputePage disputeId={disputeId} />;
}
