"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { isWorthRetrying } from "#web/api/error.ts";
import { Button } from "#web/ui/button.tsx";
import { Notice, Panel } from "#web/ui/panel.tsx";
import { TextField } from "#web/ui/text-field.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { useFields } from "#web/ui/use-fields.ts";
import { Complaint } from "../parts/form-parts.tsx";
import { deskKey } from "../queries.ts";
import { minorOf } from "../work/amount.ts";
import type { Seller, Standing } from "./sellers-query.ts";

type PrepareFormProps = { readonly seller: Seller; readonly standing: Standing };

/** Takes what is to be paid out from what is owed in one currency; nothing where nothing can be. */
export function PrepareForm({ seller, standing }: PrepareFormProps) {
  const t = useTranslations("sellers.payout");
  const { currency, availableCents, availableDisplay, onItsWayCents } = standing;
  if (availableCents === 0 || onItsWayCents > 0) return null;
  const hindrance =
    seller.suspendedAt === null ? (seller.verificationLevel === "identity" ? null : "unverified") : "suspended";
  return (
    <Panel className="flex flex-col gap-4 p-4 sm:p-5">
      <h2 className="text-sm font-medium">{t("prepareTitle", { currency })}</h2>
      <p className="text-lg figures">{availableDisplay}</p>
      {hindrance === null ? (
        <Amount sellerId={seller.sellerId} standing={standing} />
      ) : (
        <Notice tone="warn">{t(hindrance)}</Notice>
      )}
    </Panel>
  );
}

function Amount({ sellerId, standing }: { readonly sellerId: string; readonly standing: Standing }) {
  const t = useTranslations("sellers.payout");
  const { currency, availableCents } = standing;
  const fields = useFields({
    amount: {
      initial: currency === "USD" ? (availableCents / 100).toFixed(2) : String(availableCents),
      check: (value) => ((minorOf(value, currency) ?? 0) > 0 ? undefined : t("amountWrong")),
      isRequired: true,
    },
  });
  const prepare = usePrepare(sellerId, currency);
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={fields.submit((values) => prepare.mutate(minorOf(values.amount, currency) ?? 0))}
    >
      <TextField label={t("amount")} inputMode="decimal" autoComplete="off" {...fields.of("amount")} />
      {prepare.error !== null && <Complaint error={prepare.error} />}
      <Button type="submit" isBusy={prepare.isPending} isWide>
        {t("prepare")}
      </Button>
    </form>
  );
}

function usePrepare(sellerId: string, currency: Standing["currency"]) {
  const t = useTranslations("sellers.payout");
  const client = useQueryClient();
  const toast = useToast();
  // One key a form: pressing twice, or again after no answer, is one payout.
  const [key, setKey] = useState(() => crypto.randomUUID());
  return useMutation({
    mutationFn: (amountCents: number) =>
      call(
        api.POST("/api/v1/admin/sellers/{sellerId}/payouts", {
          params: { path: { sellerId } },
          headers: { "idempotency-key": key },
          body: { currency, amountCents },
        }),
      ),
    onSuccess: ({ amountDisplay }) => {
      setKey(crypto.randomUUID());
      toast({ text: t("prepared", { amount: amountDisplay }) });
    },
    // A refusal was kept for its key: another try asks anew.
    onError: (error) => {
      if (!isWorthRetrying(error)) setKey(crypto.randomUUID());
    },
    onSettled: () => client.invalidateQueries({ queryKey: deskKey }),
  });
}
