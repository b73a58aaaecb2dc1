import { notFound, redirect } from "next/navigation";
import { call } from "#web/api/call.ts";
import { isApiError } from "#web/api/error.ts";
import { serverApi } from "#web/api/server.ts";

/** The older address, by one order: its whole checkout is shown. */
export default async function Page({ params }: { readonly params: Promise<{ readonly orderId: string }> }) {
  const { orderId } = await params;
  const api = await serverApi();
  const order = await call(
    api.GET("/api/v1/orders/{orderNumber}", { params: { path: { orderNumber: orderId } } }),
  ).catch((error: unknown) => {
    if (isApiError(error) && error.status < 500 && error.status > 0) notFound();
    throw error;
  });
  redirect(`/checkout/success/session/${order.checkoutSessionId}`);
}
