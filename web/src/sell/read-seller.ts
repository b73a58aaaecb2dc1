import "server-only";
import type { SellerView } from "@muse/contracts/seller";
import { redirect } from "next/navigation";
import { cache } from "react";
import { call } from "#web/api/call.ts";
import { isApiError } from "#web/api/error.ts";
import { serverApi } from "#web/api/server.ts";

export type SellVisitor =
  | { readonly kind: "seller"; readonly seller: SellerView }
  /** Signed in, and has not signed up to sell. */
  | { readonly kind: "person"; readonly name: string }
  | { readonly kind: "nobody" };

/** Who asks for a page of `/sell`. Once a request, for the frame and the page. */
export const readSeller = cache(async (): Promise<SellVisitor> => {
  const api = await serverApi();
  try {
    return { kind: "seller", seller: await call(api.GET("/api/v1/seller")) };
  } catch (error) {
    if (isApiError(error, "not_signed_in")) return { kind: "nobody" };
    if (!isApiError(error, "seller_not_found")) throw error;
    const { name } = await call(api.GET("/api/v1/account"));
    return { kind: "person", name: name ?? "" };
  }
});

/** Every page of a seller's begins with it: nobody signs in first, and who is no seller yet signs up. */
export async function mustSell(path: string): Promise<SellerView> {
  const visitor = await readSeller();
  if (visitor.kind === "nobody") redirect(`/sign-in?next=${encodeURIComponent(path)}`);
  if (visitor.kind === "person") redirect("/sell");
  return visitor.seller;
}
