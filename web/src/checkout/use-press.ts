"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { isApiError } from "#web/api/error.ts";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { beginPayment } from "./kept.ts";
import { here, type Pressed } from "./pay-with.ts";
import { openSessionKey } from "./session-query.ts";

export type Press = {
  readonly isBusy: boolean;
  /** Why the last press did not lead to a payment; null while none is known. */
  readonly problem: string | null;
  readonly run: (attempt: () => Promise<Pressed>) => Promise<void>;
};

/** One press at a time, whichever button it was; from the one that led on, busy until this page has gone. */
export function usePress(sessionId: string): Press {
  const router = useRouter();
  const client = useQueryClient();
  const message = useErrorMessage();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  // State is a render late for the second of two quick clicks.
  const isUnderWay = useRef(false);
  const placing = `/checkout/placing/${sessionId}`;

  const run = async (attempt: () => Promise<Pressed>): Promise<void> => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    setBusy(true);
    setProblem(null);
    const pressed = await attempt().catch(async (error: unknown): Promise<Pressed | "elsewhere"> => {
      // It is being paid already, by another tab: there is one payment, and it has a page.
      if (isApiError(error, "session_processing", "session_closed")) return "elsewhere";
      if (isApiError(error, "session_expired", "session_cancelled")) {
        await client.invalidateQueries({ queryKey: openSessionKey });
      }
      return here(message(error));
    });
    if (pressed === "elsewhere" || pressed.kind === "gone") {
      if (pressed !== "elsewhere") beginPayment(sessionId, pressed.totalCents);
      router.push(placing);
      return;
    }
    setProblem(pressed.problem);
    isUnderWay.current = false;
    setBusy(false);
  };
  return { isBusy, problem, run };
}
