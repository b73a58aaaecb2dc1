"use client";

import { useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { Notice } from "#web/ui/panel.tsx";
import { CheckoutSkeleton } from "./checkout-skeleton.tsx";
import { keepRefusal } from "./kept.ts";
import { untilKnown } from "./place.ts";
import { formOf } from "./wish.ts";

/** Nobody has refused anything: the payer closed the window, and knows it. */
const leftCodes: ReadonlySet<string> = new Set(["PAY_PROCESS_CANCELED", "USER_CANCEL"]);

/**
 * Where Toss's window sends its payer. What its address says is sent to Muse, which believes none of it: Muse charges
 * what was on the button, once, however often this page is opened.
 */
export function TossReturnPage({ sessionId }: { readonly sessionId: string }) {
  const t = useTranslations("checkout.placing");
  const isUnknown = useConfirmation(sessionId);
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-8" aria-live="polite">
      <header className="flex flex-col gap-2">
        <h1 className="text-2xl font-medium">{t("payingTitle")}</h1>
        <p className="text-muted">{t("payingBody")}</p>
      </header>
      {isUnknown ? (
        <Notice role="status" tone="warn">
          <p className="font-medium">{t("checkingTitle")}</p>
          <p>{t("checkingBody")}</p>
        </Notice>
      ) : (
        <CheckoutSkeleton />
      )}
    </div>
  );
}

function useConfirmation(sessionId: string): boolean {
  const router = useRouter();
  const query = useSearchParams();
  const t = useTranslations("checkout");
  const [isUnknown, setUnknown] = useState(false);
  const said = query.toString();
  useEffect(() => {
    const gone = new AbortController();
    const toForm = (code: string, message: string | null): void => {
      if (message !== null) keepRefusal(sessionId, { code, message });
      router.replace(formOf(sessionId));
    };
    const returned = readReturn(new URLSearchParams(said));
    if (returned.kind === "failed") {
      toForm(returned.code, leftCodes.has(returned.code) ? null : t("tossRefused"));
      return undefined;
    }
    const settle = async (): Promise<void> => {
      const placed = await untilKnown({
        attempt: async () => await confirm(returned, gone.signal),
        signal: gone.signal,
        onUnknown: () => setUnknown(true),
      });
      if (placed.kind === "refused") toForm(placed.code, placed.message);
      else router.replace(`/checkout/placing/${sessionId}`);
    };
    settle().catch((error: unknown) => {
      if (!gone.signal.aborted) throw error;
    });
    return () => gone.abort();
  }, [router, sessionId, said, t]);
  return isUnknown;
}

type Agreed = {
  readonly kind: "agreed";
  readonly paymentKey: string;
  readonly orderId: string;
  readonly amount: number;
};

function readReturn(query: URLSearchParams): Agreed | { readonly kind: "failed"; readonly code: string } {
  const [paymentKey, orderId] = [query.get("paymentKey"), query.get("orderId")];
  const amount = Number(query.get("amount") ?? "");
  const code = query.get("code");
  if (code !== null || paymentKey === null || orderId === null || !Number.isSafeInteger(amount)) {
    return { kind: "failed", code: code ?? "PAY_PROCESS_CANCELED" };
  }
  return { kind: "agreed", paymentKey, orderId, amount };
}

async function confirm({ paymentKey, orderId, amount }: Agreed, signal: AbortSignal) {
  return await call(
    api.POST("/api/payments/toss/confirm", {
      // The agreement is the press: opened again, this page is told what the first time came to.
      params: { header: { "Idempotency-Key": `toss ${paymentKey}` } },
      body: { paymentKey, orderId, amount },
      signal,
    }),
  );
}
