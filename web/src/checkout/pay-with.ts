import type { Session } from "@muse/contracts/checkout";
import type { useTranslations } from "next-intl";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import type { DeliveryAddress } from "./use-delivery-address.ts";

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
  /** The total that was on the button: it alone may be charged. */
  { readonly kind: "gone"; readonly totalCents: number } | { readonly kind: "here"; readonly problem: string | null };

type Shown = {
  readonly address: DeliveryAddress;
  /** What the button named. */
  readonly totalCents: number;
  readonly t: ReturnType<typeof useTranslations<"checkout">>;
};

/** Only what was on the page is charged, and only to where the page says: another tab may have changed either. */
export function pressedFor(next: Session, { address, totalCents, t }: Shown): Pressed {
  const { summary } = next.cartSnapshot;
  if (!address.isIn(next)) return here(t(next.needsShipping ? "addressChanged" : "emailChanged"));
  if (summary.totalCents !== totalCents) return here(t("totalChanged", { total: summary.totalDisplay }));
  return { kind: "gone", totalCents };
}

export function here(problem: string | null): Pressed {
  return { kind: "here", problem };
}
