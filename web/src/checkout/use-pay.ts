"use client";

import type { Session } from "@muse/contracts/checkout";
import { useElements, useStripe } from "@stripe/react-stripe-js";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { here, payWith, pressedFor, type Pressed } from "./pay-with.ts";
import type { StoreFailure } from "./payment-section.tsx";
import { showSession } from "./session-query.ts";
import type { DeliveryAddress } from "./use-delivery-address.ts";

type PayInput = {
  readonly session: Session;
  readonly address: DeliveryAddress;
  readonly onStoreFailure: StoreFailure;
  readonly isBillingSame: boolean;
};

/**
 * What a press of the form's button does: the card becomes the provider's token, the session is told of it, and the
 * total that would be charged is the one on the button, or nothing happens.
 */
export function usePay({ session, address, onStoreFailure, isBillingSame }: PayInput): () => Promise<Pressed> {
  const t = useTranslations("checkout");
  const stripe = useStripe();
  const elements = useElements();
  const client = useQueryClient();
  const { sessionId, needsShipping } = session;
  const { totalCents, isFinal } = session.cartSnapshot.summary;

  return async () => {
    if (stripe === null || elements === null) return here(t("cardFieldsLost"));
    if (!(await address.save())) return here(null);
    // The button named no amount yet. Now it does, and can be pressed.
    if (!isFinal) return here(null);
    const { error: cardError } = await elements.submit();
    if (cardError !== undefined) {
      // The frame says itself what is missing, under the field it is missing in.
      return here(cardError.type === "validation_error" ? null : (cardError.message ?? t("cardFailed")));
    }
    const made = await stripe.createPaymentMethod({
      elements,
      params: { billing_details: billingOf(address, isBillingSame && needsShipping) },
    });
    if (made.error !== undefined) return here(made.error.message ?? t("cardFailed"));
    const next = await payWith({ sessionId, paymentMethodId: made.paymentMethod.id, onStoreFailure });
    showSession(client, next);
    return pressedFor(next, { address, totalCents, t });
  };
}

function billingOf({ fields: { values } }: DeliveryAddress, isSame: boolean) {
  const { email, name, address1, address2, city, state, zip } = values;
  if (!isSame) return { email, ...(name === "" ? {} : { name }) };
  return {
    email,
    name,
    phone: values.phone,
    address: { line1: address1, line2: address2, city, state, postal_code: zip, country: "US" },
  };
}
