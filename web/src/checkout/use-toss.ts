"use client";

import type { Session } from "@muse/contracts/checkout";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { here, pressedFor, type Pressed } from "./pay-with.ts";
import { showSession } from "./session-query.ts";
import { openTossWidgets, type TossSource, type TossWidgets } from "./toss-script.ts";
import type { DeliveryAddress } from "./use-delivery-address.ts";

export type TossUse = {
  readonly widgets: TossWidgets | null;
  readonly isReady: boolean;
  readonly isLost: boolean;
};

export const tossPlaces = { methods: "toss-methods", agreement: "toss-agreement" } as const;

/** The widget for won, in its two places on the page; nothing of it is fetched for a checkout in dollars. */
export function useTossWidget({ currency, cartSnapshot }: Session, { scriptUrl, clientKey }: TossSource): TossUse {
  const [use, setUse] = useState<TossUse>({ widgets: null, isReady: false, isLost: false });
  const isWon = currency === "KRW";
  const { totalCents } = cartSnapshot.summary;
  useEffect(() => {
    if (!isWon) return undefined;
    let isGone = false;
    const drawn: { readonly destroy: () => Promise<void> }[] = [];
    const draw = async (): Promise<void> => {
      const widgets = await openTossWidgets({ scriptUrl, clientKey });
      // Toss wants an amount before it draws; the one on the button is set before each payment.
      await widgets.setAmount({ currency: "KRW", value: 1 });
      if (isGone) return;
      drawn.push(await widgets.renderPaymentMethods({ selector: `#${tossPlaces.methods}`, variantKey: "DEFAULT" }));
      drawn.push(await widgets.renderAgreement({ selector: `#${tossPlaces.agreement}`, variantKey: "AGREEMENT" }));
      if (!isGone) setUse({ widgets, isReady: true, isLost: false });
      else for (const frame of drawn) void frame.destroy();
    };
    draw().catch(() => {
      if (!isGone) setUse({ widgets: null, isReady: false, isLost: true });
    });
    return () => {
      isGone = true;
      for (const frame of drawn) void frame.destroy();
    };
  }, [isWon, scriptUrl, clientKey]);
  const { widgets } = use;
  useEffect(() => {
    if (widgets !== null && totalCents > 0) void widgets.setAmount({ currency: "KRW", value: totalCents });
  }, [widgets, totalCents]);
  return use;
}

type TossPayInput = {
  readonly session: Session;
  readonly toss: TossUse;
  readonly address: DeliveryAddress;
  readonly onStoreFailure: Session["onStoreFailure"];
};

/**
 * What a press of the button does in won: Muse keeps what was on it, then Toss's window takes this page's place.
 * Nothing is charged until its payer comes back and Muse asks for it.
 */
export function useTossPay({ session, toss, address, onStoreFailure }: TossPayInput): () => Promise<Pressed> {
  const t = useTranslations("checkout");
  const client = useQueryClient();
  const { sessionId } = session;
  const { totalCents, isFinal } = session.cartSnapshot.summary;
  return async () => {
    const { widgets } = toss;
    if (widgets === null) return here(t("tossLost"));
    if (!(await address.save())) return here(null);
    if (!isFinal) return here(null);
    const path = { sessionId };
    const next = await call(
      api.PUT("/api/v1/checkout/sessions/{sessionId}/payment", { params: { path }, body: { onStoreFailure } }),
    );
    showSession(client, next);
    const pressed = pressedFor(next, { address, totalCents, t });
    if (pressed.kind === "here") return pressed;
    const order = await call(api.POST("/api/v1/checkout/sessions/{sessionId}/toss", { params: { path }, body: {} }));
    if (order.amountCents !== totalCents) return here(t("totalChanged", { total: order.amountDisplay }));
    await widgets.setAmount({ currency: "KRW", value: order.amountCents });
    const { email, name } = address.fields.values;
    const back = `${location.origin}/checkout/toss/${sessionId}`;
    const asked = widgets.requestPayment({
      orderId: order.orderId,
      orderName: order.orderName,
      successUrl: back,
      failUrl: back,
      ...(email === "" ? {} : { customerEmail: email }),
      ...(name === "" ? {} : { customerName: name }),
    });
    return await Promise.race([asked.then(() => here(null), wordsOf), shownAgain()]);
  };
}

/** Toss's own words, in the payer's language: no method chosen, terms not agreed to. */
function wordsOf(error: unknown): Pressed {
  return here(error instanceof Error ? error.message : null);
}

/** Back from the window by the browser's button: the page is as it was left, and can be pressed again. */
function shownAgain(): Promise<Pressed> {
  return new Promise((settle) => {
    const listen = ({ persisted }: PageTransitionEvent): void => {
      if (!persisted) return;
      window.removeEventListener("pageshow", listen);
      settle(here(null));
    };
    window.addEventListener("pageshow", listen);
  });
}
