"use client";

import type { Session } from "@muse/contracts/checkout";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { isApiError } from "#web/api/error.ts";
import { Button } from "#web/ui/button.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { sessionKey } from "./session-query.ts";

/** Where to send the money and until when, for whoever pays by bank transfer; until it comes they may think again. */
export function DepositWords({ session }: { readonly session: Session }) {
  const t = useTranslations("checkout.deposit");
  const format = useFormatter();
  const { cancel, isBusy, problem } = useCancel(session.sessionId);
  const { deposit } = session;
  if (deposit === null) return null;
  // Drawn in the browser alone, after the session was read there.
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const rows = [
    [t("bank"), deposit.bankName ?? deposit.bankCode],
    [t("account"), deposit.accountNumber],
    [t("holder"), deposit.holderName],
    [t("amount"), session.cartSnapshot.summary.totalDisplay],
    [t("until"), format.dateTime(new Date(deposit.dueAt), { dateStyle: "medium", timeStyle: "short", timeZone })],
  ] as const;
  return (
    <Notice className="flex flex-col items-start gap-3">
      <p className="font-medium">{t(deposit.isReverted ? "revertedTitle" : "title")}</p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1">
        {rows.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="figures">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="text-sm text-muted">{t(deposit.isReverted ? "revertedBody" : "body")}</p>
      {!deposit.isReverted && (
        <Button variant="ghost" className="-mx-5" onClick={cancel} isBusy={isBusy}>
          {t("cancel")}
        </Button>
      )}
      {problem !== null && <p role="alert">{problem}</p>}
    </Notice>
  );
}

type Cancel = { readonly cancel: () => void; readonly isBusy: boolean; readonly problem: string | null };

/** Whatever comes of it, the session says so: it may have been paid at that very moment. */
function useCancel(sessionId: string): Cancel {
  const client = useQueryClient();
  const message = useErrorMessage();
  const { mutate, isPending, error } = useMutation({
    // Never sent later by itself: whoever called it off may have paid by then.
    networkMode: "always",
    mutationFn: () =>
      call(api.POST("/api/v1/checkout/sessions/{sessionId}/cancel", { params: { path: { sessionId } }, body: {} })),
    onSettled: () => client.invalidateQueries({ queryKey: sessionKey(sessionId) }),
  });
  const isSaid = error === null || isApiError(error, "session_processing", "session_closed");
  return { cancel: () => mutate(), isBusy: isPending, problem: isSaid ? null : message(error) };
}
