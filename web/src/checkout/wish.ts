import type { Session } from "@muse/contracts/checkout";

/** What a checkout is of: the cart, what of it is in one currency, or one digital product beside it. */
export type Wish =
  | { readonly of: "cart" }
  | { readonly of: "currency"; readonly currency: PaidIn }
  | { readonly of: "product"; readonly productId: string };

export const paidIn = ["USD", "KRW"] as const;
export type PaidIn = (typeof paidIn)[number];

/** Where its form is: who could not pay comes back to what they wanted, and to nothing else. */
export function formPath(wish: Wish): string {
  switch (wish.of) {
    case "cart":
      return "/checkout";
    case "currency":
      return `/checkout?currency=${wish.currency}`;
    case "product":
      return `/checkout/${encodeURIComponent(wish.productId)}`;
  }
}

/** Of one product beside the cart: what was wanted is not in the cart. */
export function isOfProduct(form: string): boolean {
  return form.startsWith("/checkout/");
}

const formKey = (sessionId: string): string => `muse_form_${sessionId}`;

/** Kept with the tab, as its payment is. */
export function keepForm({ sessionId }: Pick<Session, "sessionId">, wish: Wish): void {
  try {
    sessionStorage.setItem(formKey(sessionId), formPath(wish));
  } catch {
    // Full or forbidden: the cart's form then.
  }
}

/** The form that a session was made by; the cart's where this tab does not know. */
export function formOf(sessionId: string): string {
  try {
    const path = sessionStorage.getItem(formKey(sessionId)) ?? "";
    return /^\/checkout[/?][\w%=-]+$/.test(path) ? path : "/checkout";
  } catch {
    return "/checkout";
  }
}
