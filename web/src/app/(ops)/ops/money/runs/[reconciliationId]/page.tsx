import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { isReconciliationId } from "#web/ops/money/money-view.ts";
import { RunPage } from "#web/ops/money/run-page.tsx";
import { mustBeAtDesk } from "#web/ops/read-operator.ts";

type Props = { readonly params: Promise<{ readonly reconciliationId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("money");
  return { title: t("runTitle"), robots: { index: false } };
}

export default async function Page({ params }: Props) {
  const { reconciliationId } = await params;
  await mustBeAtDesk(`/ops/money/runs/${reconciliationId}`);
  if (!isReconciliationId(reconciliationId)) notFound();
  return <RunPage reconciliationId={reconciliationId} />;
}
