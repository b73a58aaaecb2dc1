import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { call } from "#web/api/call.ts";
import { isApiError } from "#web/api/error.ts";
import { serverApi } from "#web/api/server.ts";
import { OrderSuccessPage } from "#web/checkout/order-success-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("checkout.digital");
  return { title: t("title"), robots: { index: false } };
}

/** By one order: a digital product's own page; of what is sent, the whole checkout is shown. */
export default async function Page({ params }: { readonly params: Promise<{ readonly orderId: string }> }) {
  const { orderId } = await params;
  const api = await serverApi();
  const order = await call(
    api.GET("/api/v1/orders/{orderNumber}", { params: { path: { orderNumber: orderId } } }),
  ).catch((error: unknown) => {
    if (isApiError(error) && error.status < 500 && error.status > 0) notFound();
    throw error;
  });
  if (order.kind === "physical") redirect(`/checkout/success/session/${order.checkoutSessionId}`);
  return (
    <main id="content" className="shell py-8 sm:py-12">
      <OrderSuccessPage orderId={orderId} />
    </main>
  );
}
