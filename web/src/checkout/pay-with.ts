import type { Session } from "@muse/contracts/checkout";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";

type PayWith = {
  readonly sessionId: string;
  /** The provider's token. */
  readonly paymentMethodId: string;
  readonly onStoreFailure: Session["onStoreFailure"];
};

/** Names the means of payment, and answers the session as it stands: its total is what would be charged. */
export async function payWith({ sessionId, ...body }: PayWith): Promise<Session> {
  return await call(
    api.PUT("/api/v1/checkout/sessions/{sessionId}/payment", { params: { path: { sessionId } }, body }),
  );
}

/** What a press of Pay came to: the page that places, or still this one, with or without a word about why. */
export type Pressed =
  | { readonly kind: "gone"; readonly totalCents: number }
  | { readonly kind: "here"; readonly problem: string | null };

/** With the total that was on the button: it alone may be charged. */
export function gone(totalCents: number): Pressed {
  return { kind: "gone", totalCents };
}

export function here(problem: string | null): Pressed {
  return { kind: "here", problem };
}
