"use client";

import type { Deposit } from "@muse/contracts/checkout";
import { useFormatter, useTranslations } from "next-intl";
import { Notice } from "#web/ui/panel.tsx";

/** Where to send the money and until when, for whoever pays by bank transfer. */
export function DepositWords({ deposit, total }: { readonly deposit: Deposit; readonly total: string }) {
  const t = useTranslations("checkout.deposit");
  const format = useFormatter();
  const rows = [
    [t("bank"), deposit.bankName ?? deposit.bankCode],
    [t("account"), deposit.accountNumber],
    [t("holder"), deposit.holderName],
    [t("amount"), total],
    [t("until"), format.dateTime(new Date(deposit.dueAt), { dateStyle: "medium", timeStyle: "short" })],
  ] as const;
  return (
    <Notice className="flex flex-col gap-3">
      <p className="font-medium">{t("title")}</p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1">
        {rows.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="figures">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="text-sm text-muted">{t("body")}</p>
    </Notice>
  );
}
