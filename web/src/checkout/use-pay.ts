"use client";

import type { Session } from "@muse/contracts/checkout";
import { useElements, useStripe } from "@stripe/react-stripe-js";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { isApiError } from "#web/api/error.ts";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { beginPayment } from "./kept.ts";
import type { StoreFailure } from "./payment-section.tsx";
import { openSessionKey } from "./session-query.ts";
import type { DeliveryAddress } from "./use-delivery-address.ts";

export type Pay = {
  readonly isPaying: boolean;
  /** Why this press did not lead to a payment; null while none is known. */
  readonly problem: string | null;
  readonly dismiss: () => void;
  readonly pay: () => void;
};

type PayInput = {
  readonly session: Session;
  readonly address: DeliveryAddress;
  readonly onStoreFailure: StoreFailure;
  readonly isBillingSame: boolean;
};

/**
 * From the press of Pay to the page that places: the card becomes the provider's token, the session is told of it, and
 * the total is the one on the button or nothing happens.
 */
export function usePay(input: PayInput): Pay {
  const t = useTranslations("checkout");
  const stripe = useStripe();
  const elements = useElements();
  const router = useRouter();
  const client = useQueryClient();
  const message = useErrorMessage();
  const [isPaying, setPaying] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  // State is a render late for the second of two quick clicks.
  const isUnderWay = useRef(false);
  const { session, address, onStoreFailure, isBillingSame } = input;
  const { sessionId } = session;

  /** Answers what to tell the shopper, or null when there is nothing to tell. */
  const attempt = async (): Promise<string | null> => {
    if (stripe === null || elements === null) return t("cardFieldsLost");
    if (!(await address.save())) return null;
    const shown = client.getQueryData<Session>(openSessionKey) ?? session;
    const { error: cardError } = await elements.submit();
    // The frame says itself what is missing, under the field it is missing in.
    if (cardError !== undefined)
      return cardError.type === "validation_error" ? null : (cardError.message ?? t("cardFailed"));
    const made = await stripe.createPaymentMethod({
      elements,
      params: { billing_details: billingOf(address, isBillingSame && session.needsShipping) },
    });
    if (made.error !== undefined) return made.error.message ?? t("cardFailed");
    const next = await call(
      api.PUT("/api/v1/checkout/sessions/{sessionId}/payment", {
        params: { path: { sessionId } },
        body: { paymentMethodId: made.paymentMethod.id, onStoreFailure },
      }),
    );
    client.setQueryData(openSessionKey, next);
    if (next.cartSnapshot.summary.totalCents !== shown.cartSnapshot.summary.totalCents) {
      return t("totalChanged", { total: next.cartSnapshot.summary.totalDisplay });
    }
    beginPayment(sessionId);
    router.push(`/checkout/placing/${sessionId}`);
    return null;
  };

  const pay = async (): Promise<void> => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    setPaying(true);
    setProblem(null);
    try {
      setProblem(await attempt());
    } catch (error) {
      if (isApiError(error, "session_processing", "session_closed")) router.push(`/checkout/placing/${sessionId}`);
      else setProblem(message(error));
      if (isApiError(error, "session_expired")) await client.invalidateQueries({ queryKey: openSessionKey });
    } finally {
      isUnderWay.current = false;
      setPaying(false);
    }
  };

  return { isPaying, problem, dismiss: () => setProblem(null), pay: () => void pay() };
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
