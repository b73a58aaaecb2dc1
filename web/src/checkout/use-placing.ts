"use client";

import type { Session } from "@muse/contracts/checkout";
import { useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import { beginPayment, endPayment, keepRefusal, paymentKey } from "./kept.ts";
import { placeUntilKnown } from "./place.ts";
import { openStripe, type StripeSource } from "./stripe-script.ts";

export type PlacingStage = "idle" | "paying" | "unknown" | "challenge" | "done";

type UsePlacing = {
  readonly stage: PlacingStage;
  readonly isChallengeOpen: boolean;
  readonly openChallenge: () => void;
};

type UsePlacingInput = {
  readonly sessionId: string;
  readonly source: StripeSource;
  readonly session: Session | undefined;
};

/**
 * Pays once for this tab's press of Pay, meets the bank's question, and hears the outcome. Without a press in this tab it
 * only watches: a link or a second tab never pays.
 */
export function usePlacing({ sessionId, source, session }: UsePlacingInput): UsePlacing {
  const router = useRouter();
  const [stage, setStage] = useState<PlacingStage>("idle");
  const { ask, isOpen } = useChallenge(source);

  /** Pays, and pays on after each answer to the bank; ends where there is an outcome or the question was left open. */
  const run = useCallback(
    async (key: string, signal: AbortSignal): Promise<void> => {
      setStage("paying");
      for (;;) {
        const placed = await placeUntilKnown({ sessionId, key, signal, onUnknown: () => setStage("unknown") });
        if (placed.kind === "refused") {
          endPayment(sessionId);
          keepRefusal(sessionId, { code: placed.code, message: placed.message });
          return router.replace("/checkout");
        }
        if (placed.kind !== "challenge") {
          if (placed.kind === "over") endPayment(sessionId);
          return setStage("done");
        }
        setStage("challenge");
        if ((await ask(placed.clientSecret)) === "left") return;
        setStage("paying");
      }
    },
    [router, sessionId, ask],
  );

  const seen = useFirst(session);
  useEffect(() => {
    if (seen === undefined) return undefined;
    const key = keyToGoOnWith(seen);
    if (key === null) {
      const isUnpaid = seen.payment === "unpaid" || seen.payment === "declined";
      if (seen.status === "pending" && isUnpaid) router.replace("/checkout");
      return undefined;
    }
    const gone = new AbortController();
    run(key, gone.signal).catch((error: unknown) => {
      if (!gone.signal.aborted) throw error;
    });
    return () => gone.abort();
  }, [seen, run, router]);

  return {
    stage,
    isChallengeOpen: isOpen,
    openChallenge: () => {
      const key = paymentKey(sessionId);
      if (key !== null) void run(key, new AbortController().signal);
    },
  };
}

/** What was there when the page came decides what to begin; what becomes of it is told by the calls themselves. */
function useFirst(session: Session | undefined): Session | undefined {
  const [first, setFirst] = useState(session);
  if (first === undefined && session !== undefined) setFirst(session);
  return first ?? session;
}

/** A question of the bank's that a reload or a redirect left open is taken up again, too; asking again charges nothing. */
function keyToGoOnWith({ sessionId, status, payment }: Session): string | null {
  if (status !== "pending" && status !== "processing") return null;
  return paymentKey(sessionId) ?? (payment === "action_required" ? beginPayment(sessionId) : null);
}

/** The bank's question, over this page. Whatever comes of it, Muse asks the provider itself. */
function useChallenge({ scriptUrl, publishableKey }: StripeSource) {
  const locale = useLocale();
  const [isOpen, setOpen] = useState(false);
  const ask = useCallback(
    async (clientSecret: string): Promise<"answered" | "left"> => {
      setOpen(true);
      try {
        const stripe = await openStripe({ scriptUrl, publishableKey }, locale);
        const { paymentIntent } = await stripe.handleNextAction({ clientSecret });
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
