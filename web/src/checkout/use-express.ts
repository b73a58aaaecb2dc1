"use client";

import type { Session } from "@muse/contracts/checkout";
import type { ShippingEstimate } from "@muse/contracts/quote";
import { useElements, useStripe } from "@stripe/react-stripe-js";
import type {
  StripeExpressCheckoutElementClickEvent as ClickEvent,
  StripeExpressCheckoutElementConfirmEvent as ConfirmEvent,
  StripeExpressCheckoutElementShippingAddressChangeEvent as AddressEvent,
} from "@stripe/stripe-js";
import { useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useRef } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { dateRange } from "#web/i18n/date-range.ts";
import { choicesOf, sheetFor, sheetOf, type SheetWords } from "./express-sheet.ts";
import type { Draft } from "./kept.ts";
import { here, payWith, pressedFor, type Pressed } from "./pay-with.ts";
import type { StoreFailure } from "./payment-section.tsx";
import { showSession } from "./session-query.ts";
import type { DeliveryAddress } from "./use-delivery-address.ts";
import type { Press } from "./use-press.ts";

type ExpressInput = {
  readonly session: Session;
  readonly address: DeliveryAddress;
  readonly onStoreFailure: StoreFailure;
  readonly press: Press;
};

/**
 * A wallet knows who and where, and has a card. It asks us what that comes to while its sheet is open; what its owner
 * agreed to is then said to Muse as if it had been typed, and is charged only if the total is the same to the cent.
 */
export function useExpress({ session, address, onStoreFailure, press }: ExpressInput) {
  const t = useTranslations("checkout");
  const stripe = useStripe();
  const elements = useElements();
  const client = useQueryClient();
  const words = useSheetWords();
  const agreed = useRef<{ readonly estimate: ShippingEstimate | null; readonly totalCents: number }>(undefined);
  const { sessionId, needsShipping, cartSnapshot } = session;
  const { totalCents } = cartSnapshot.summary;

  const onClick = ({ resolve }: ClickEvent): void => {
    agreed.current = { estimate: null, totalCents };
    void elements?.update({ amount: Math.max(1, totalCents) });
    resolve({
      emailRequired: true,
      shippingAddressRequired: needsShipping,
      ...(needsShipping ? { allowedShippingCountries: ["US"] } : {}),
      ...sheetOf(session, words),
    });
  };

  const onAddress = async ({ address: { postal_code: zip }, resolve, reject }: AddressEvent): Promise<void> => {
    const estimate = await readEstimate(zip);
    if (estimate === null) return reject();
    agreed.current = { estimate, totalCents: estimate.totalCents };
    await elements?.update({ amount: estimate.totalCents });
    resolve(sheetFor(session, estimate, words));
  };

  const attempt = async (event: ConfirmEvent): Promise<Pressed> => {
    const { estimate = null, totalCents: agreedCents } = agreed.current ?? { totalCents };
    if (stripe === null || elements === null) return here(t("cardFieldsLost"));
    const { error } = await elements.submit();
    if (error !== undefined) return here(error.message ?? t("cardFailed"));
    const typed = draftOf(event, address.fields.values);
    address.fields.fill(typed);
    if (!(await address.take(typed))) return here(t("express.addressRefused"));
    if (estimate !== null) showSession(client, await choose(sessionId, choicesOf(estimate)));
    const made = await stripe.createPaymentMethod({ elements });
    if (made.error !== undefined) return here(made.error.message ?? t("cardFailed"));
    const next = await payWith({ sessionId, paymentMethodId: made.paymentMethod.id, onStoreFailure });
    showSession(client, next);
    return pressedFor(next, { address, totalCents: agreedCents, t });
  };

  const onConfirm = (event: ConfirmEvent): void => {
    void press.run(async () => {
      const pressed = await attempt(event).catch((error: unknown) => {
        event.paymentFailed({ reason: "fail" });
        throw error;
      });
      if (pressed.kind === "here") event.paymentFailed({ reason: "fail" });
      return pressed;
    });
  };

  return { onClick, onAddress: (event: AddressEvent) => void onAddress(event), onConfirm };
}

/** Null where nothing is delivered, and where nobody could say: the sheet then says that it cannot be sent there. */
async function readEstimate(postalCode: string): Promise<ShippingEstimate | null> {
  const zip = postalCode.trim().slice(0, 5);
  try {
    return (await call(api.GET("/api/v1/cart/summary", { params: { query: { zip } } }))).estimate;
  } catch {
    return null;
  }
}

async function choose(sessionId: string, choices: ReturnType<typeof choicesOf>): Promise<Session> {
  return await call(
    api.PUT("/api/v1/checkout/sessions/{sessionId}/shipping-options", {
      params: { path: { sessionId } },
      body: { choices },
    }),
  );
}

function draftOf({ billingDetails, shippingAddress }: ConfirmEvent, before: Draft): Draft {
  const email = billingDetails?.email ?? before.email;
  if (shippingAddress === undefined) return { ...before, email };
  const { line1, line2, city, state, postal_code: zip } = shippingAddress.address;
  return { ...before, email, name: shippingAddress.name, address1: line1, address2: line2 ?? "", city, state, zip };
}

function useSheetWords(): SheetWords {
  const t = useTranslations("checkout");
  const locale = useLocale();
  return {
    items: t("subtotal"),
    discount: t("discount"),
    shipping: t("shipping"),
    tax: t("tax"),
    delivery: (from, to) =>
      from === null || to === null
        ? t("express.delivery")
        : t("express.deliveryDates", { dates: dateRange(from, to, locale) }),
  };
}
