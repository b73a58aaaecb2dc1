"use client";

import type { Session } from "@muse/contracts/checkout";
import { useQueryClient } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { Button } from "#web/ui/button.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { sessionKey } from "./session-query.ts";

/** Where to send the money and until when, for whoever pays by bank transfer; until it comes they may think again. */
export function DepositWords({ session }: { readonly session: Session }) {
  const t = useTranslations("checkout.deposit");
  const format = useFormatter();
  const { cancel, isBusy } = useCancel(session.sessionId);
  const { deposit } = session;
  if (deposit === null) return null;
  const rows = [
    [t("bank"), deposit.bankName ?? deposit.bankCode],
    [t("account"), deposit.accountNumber],
    [t("holder"), deposit.holderName],
    [t("amount"), session.cartSnapshot.summary.totalDisplay],
    [t("until"), format.dateTime(new Date(deposit.dueAt), { dateStyle: "medium", timeStyle: "short" })],
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
    </Notice>
  );
}

/** Whatever comes of it, the session says so: it may have been paid at that very moment. */
function useCancel(sessionId: string): { readonly cancel: () => void; readonly isBusy: boolean } {
  const client = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const ask = async (): Promise<void> => {
    setBusy(true);
    const params = { path: { sessionId } };
    await call(api.POST("/api/v1/checkout/sessions/{sessionId}/cancel", { params, body: {} })).catch(() => undefined);
    await client.invalidateQueries({ queryKey: sessionKey(sessionId) });
    setBusy(false);
  };
  return { cancel: () => void ask(), isBusy };
}
