"use client";

import type { Session } from "@muse/contracts/checkout";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useCallback, useEffect, useEffectEvent, useState } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { beginPayment, endPayment, keepRefusal, paymentPress, type PaymentPress } from "./kept.ts";
import { placeUntilKnown } from "./place.ts";
import type { LiveSession } from "./session-query.ts";
import { openStripe, type StripeSource } from "./stripe-script.ts";
import { formOf } from "./wish.ts";

export type PlacingStage = "idle" | "paying" | "unknown" | "challenge" | "done";

type UsePlacing = {
  readonly stage: PlacingStage;
  readonly isChallengeOpen: boolean;
  readonly openChallenge: () => void;
  /** Leaves the bank's question open and goes back to the form; paying otherwise then calls it off. */
  readonly giveUp: () => void;
};

type UsePlacingInput = {
  readonly sessionId: string;
  readonly source: StripeSource;
  /** As it stands now. */
  readonly live: LiveSession | undefined;
};

/**
 * Pays once for this tab's press of Pay, meets the bank's question, and hears the outcome. Without a press in this tab
 * it only watches: a link or a second tab never pays.
 */
export function usePlacing({ sessionId, source, live }: UsePlacingInput): UsePlacing {
  const router = useRouter();
  const [stage, setStage] = useState<PlacingStage>("idle");
  const t = useTranslations("checkout.placing");
  const { ask, isOpen } = useChallenge(source);
  const backToForm = useBackToForm(sessionId);

  /** Pays, and pays on after each answer to the bank; ends where there is an outcome or the question was left open. */
  const run = useCallback(
    async (press: PaymentPress, signal: AbortSignal): Promise<void> => {
      setStage("paying");
      for (;;) {
        const placed = await placeUntilKnown({ sessionId, press, signal, onUnknown: () => setStage("unknown") });
        if (placed.kind === "refused") return backToForm(placed.code, placed.message);
        if (placed.kind === "over") {
          if (await isPayableStill(sessionId)) return backToForm(placed.code, placed.message);
          endPayment(sessionId);
        }
        if (placed.kind !== "challenge") return setStage("done");
        setStage("challenge");
        const answer = await ask(placed.clientSecret);
        if (answer === "left") return;
        if (answer === "refused") return backToForm("payment_declined", t("bankRefused"));
        setStage("paying");
      }
    },
    [sessionId, ask, backToForm, t],
  );

  const seen = useFirst(live?.session);
  const isWatching = stage === "idle" && seen !== undefined && !isPayable(seen);
  useLateRefusal(isWatching || stage === "done" || (stage === "challenge" && !isOpen) ? live : undefined, () =>
    backToForm("payment_declined", t("declined")),
  );
  useEffect(() => {
    if (seen === undefined) return undefined;
    const press = pressToGoOnWith(seen);
    // Back from the bank's own page, which said no; paying on would ask the same card again.
    if (press !== null && hasBankRefused(seen)) {
      backToForm("payment_declined", t("bankRefused"));
      return undefined;
    }
    if (press === null) {
      if (isPayable(seen)) router.replace(formOf(seen.sessionId));
      return undefined;
    }
    const gone = new AbortController();
    run(press, gone.signal).catch((error: unknown) => {
      if (!gone.signal.aborted) throw error;
    });
    return () => gone.abort();
  }, [seen, run, router, backToForm, t]);

  return {
    stage,
    isChallengeOpen: isOpen,
    openChallenge: () => {
      const press = paymentPress(sessionId);
      if (press !== null) void run(press, new AbortController().signal);
    },
    giveUp: () => {
      endPayment(sessionId);
      router.replace(formOf(sessionId));
    },
  };
}

/** With why it was refused, which the form says. */
function useBackToForm(sessionId: string): (code: string, message: string) => void {
  const router = useRouter();
  return useCallback(
    (code, message) => {
      endPayment(sessionId);
      keepRefusal(sessionId, { code, message });
      router.replace(formOf(sessionId));
    },
    [router, sessionId],
  );
}

/**
 * The answer that came after the press had ended without one, or in the tab that only watches: there is nothing to
 * wait for any more.
 */
function useLateRefusal(live: LiveSession | undefined, onRefused: () => void): void {
  const heard = useEffectEvent(onRefused);
  useEffect(() => {
    if (live === undefined || live.payment !== "declined" || !isPayable(live)) return undefined;
    let isGone = false;
    void isPayableStill(live.session.sessionId).then((isStill) => {
      if (isStill && !isGone) heard();
    });
    return () => {
      isGone = true;
    };
  }, [live]);
}

function isPayable({ status, payment }: Pick<Session, "status" | "payment">): boolean {
  return status === "pending" && (payment === "unpaid" || payment === "declined");
}

/** Read anew: what this page has read may be from before the press. */
async function isPayableStill(sessionId: string): Promise<boolean> {
  try {
    return isPayable(await call(api.GET("/api/v1/checkout/sessions/{sessionId}", { params: { path: { sessionId } } })));
  } catch {
    // Nobody knows; the page goes on watching.
    return false;
  }
}

/** What was there when the page came decides what to begin; what becomes of it is told by the calls themselves. */
function useFirst(session: Session | undefined): Session | undefined {
  const [first, setFirst] = useState(session);
  if (first === undefined && session !== undefined) setFirst(session);
  return first ?? session;
}

/**
 * A question of the bank's that a reload or a redirect left open is taken up again, too; asking again charges
 * nothing.
 */
function pressToGoOnWith({ sessionId, status, payment, cartSnapshot }: Session): PaymentPress | null {
  if (status !== "pending" && status !== "processing") return null;
  const kept = paymentPress(sessionId);
  if (kept !== null || payment !== "action_required") return kept;
  return beginPayment(sessionId, cartSnapshot.summary.totalCents);
}

/** Of the payment that the provider's own page has just sent back, as its address tells; an earlier refusal is over. */
function hasBankRefused({ payment }: Session): boolean {
  const returned = new URLSearchParams(location.search).get("redirect_status");
  return returned === "failed" || (returned !== null && payment === "declined");
}

/** The bank's question, over this page. Whatever comes of it, Muse asks the provider itself. */
function useChallenge({ scriptUrl, publishableKey }: StripeSource) {
  const locale = useLocale();
  const [isOpen, setOpen] = useState(false);
  const ask = useCallback(
    async (clientSecret: string): Promise<"answered" | "refused" | "left"> => {
      setOpen(true);
      try {
        const stripe = await openStripe({ scriptUrl, publishableKey }, locale);
        const { paymentIntent, error } = await stripe.handleNextAction({ clientSecret });
        if (error?.code === "payment_intent_authentication_failure") return "refused";
        return paymentIntent?.status === "requires_action" ? "left" : "answered";
      } catch {
        return "left";
      } finally {
        setOpen(false);
      }
    },
    [scriptUrl, publishableKey, locale],
  );
  return { ask, isOpen };
}
