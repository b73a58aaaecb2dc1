import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { LookUpForm } from "#web/orders/look-up-form.tsx";
import { OrderPage } from "#web/orders/order-page.tsx";
import { isOrderNumber } from "#web/orders/order-number.ts";
import { readOrder } from "#web/orders/read-orders.ts";

type Props = { readonly params: Promise<{ readonly orderNumber: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("orders.detail");
  const { orderNumber } = await params;
  return { title: t("title", { number: orderNumber }), robots: { index: false } };
}

export default async function Page({ params }: Props) {
  const { orderNumber } = await params;
  if (!isOrderNumber(orderNumber)) notFound();
  const order = await readOrder(orderNumber);
  if (order === null) return <Elsewhere orderNumber={orderNumber} />;
  return (
    <main id="content" className="shell py-8 sm:py-12">
      <OrderPage initial={order} />
    </main>
  );
}

/** What mails link to is also opened on devices that know nothing of the order. */
async function Elsewhere({ orderNumber }: { readonly orderNumber: string }) {
  const t = await getTranslations("orders.detail");
  return (
    <main id="content" className="shell py-10 sm:py-14">
      <div className="mx-auto max-w-xl">
        <h1 className="pb-2 text-2xl font-medium">{t("elsewhereTitle")}</h1>
        <p className="pb-6 text-muted">{t("elsewhereBody", { number: orderNumber })}</p>
        <LookUpForm orderNumber={orderNumber} next={`/orders/${orderNumber}`} />
      </div>
    </main>
  );
}
