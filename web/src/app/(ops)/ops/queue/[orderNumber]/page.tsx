import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { isOrderNumber } from "#web/ops/order-number.ts";
import { mustBeAtDesk } from "#web/ops/read-operator.ts";
import { WorkPage } from "#web/ops/work/work-page.tsx";

type Props = { readonly params: Promise<{ readonly orderNumber: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("ops");
  const { orderNumber } = await params;
  return { title: t("title.work", { number: orderNumber }), robots: { index: false } };
}

export default async function Page({ params }: Props) {
  const { orderNumber } = await params;
  await mustBeAtDesk(`/ops/queue/${orderNumber}`);
  if (!isOrderNumber(orderNumber)) notFound();
  return <WorkPage orderNumber={orderNumber} />;
}
