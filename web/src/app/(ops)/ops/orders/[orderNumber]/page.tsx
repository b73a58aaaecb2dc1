import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { isOrderNumber } from "#web/ops/order-number.ts";
import { OrderPage } from "#web/ops/orders/order-page.tsx";
import { mustBeAtDesk } from "#web/ops/read-operator.ts";

type Props = { readonly params: Promise<{ readonly orderNumber: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("ops");
  const { orderNumber } = await params;
  return { title: t("title.order", { number: orderNumber }), robots: { index: false } };
}

export default async function Page({ params }: Props) {
  const { orderNumber } = await params;
  await mustBeAtDesk(`/ops/orders/${orderNumber}`);
  if (!isOrderNumber(orderNumber)) notFound();
  return <OrderPage orderNumber={orderNumber} />;
}
