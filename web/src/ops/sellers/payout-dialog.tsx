"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { Button } from "#web/ui/button.tsx";
import { Dialog } from "#web/ui/dialog.tsx";
import { Select } from "#web/ui/select.tsx";
import { TextField } from "#web/ui/text-field.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { useFields } from "#web/ui/use-fields.ts";
import { Complaint, withoutTick } from "../parts/form-parts.tsx";
import { deskKey } from "../queries.ts";
import type { Payout } from "./sellers-query.ts";

export type PayoutStep = { readonly name: "approve" | "pay" | "late" | "fail"; readonly payout: Payout };

const failures = ["called_off", "refused", "returned"] as const;

/** Asks once before a payout goes a step further: money has moved, or is not to move. */
export function PayoutDialog({ step, onClose }: { readonly step: PayoutStep; readonly onClose: () => void }) {
  const t = useTranslations("sellers.payout");
  const { name, payout } = step;
  const { amountDisplay: amount, sellerName, sellerId, status } = payout;
  const isPaid = name === "pay" || name === "late";
  const possible = failures.filter((failure) => (failure === "returned") === (status === "paid"));
  const fields = useFields({
    reference: {
      check: (value) =>
        !isPaid || /^[A-Za-z0-9][A-Za-z0-9._/-]{2,39}$/.test(value.trim()) ? undefined : t("referenceWrong"),
      isRequired: true,
    },
    failure: { initial: possible[0] ?? "called_off", isRequired: true },
  });
  const take = useStep(step, onClose);
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={t(`${name}Title`, { amount, name: sellerName ?? sellerId })}
      description={t(`${name}Body`)}
    >
      <form noValidate className="flex flex-col gap-4" onSubmit={fields.submit((values) => take.mutate(values))}>
        {isPaid && <TextField label={t("reference")} maxLength={40} autoComplete="off" {...fields.of("reference")} />}
        {name === "fail" && (
          <Select
            label={t("failHow")}
            {...withoutTick(fields.of("failure"))}
            options={possible.map((value) => ({ value, label: t(`failChoice.${value}`) }))}
          />
        )}
        {take.error !== null && <Complaint error={take.error} />}
        <div className="flex flex-wrap gap-3">
          <Button type="submit" isBusy={take.isPending}>
            {t(name === "approve" ? "approve" : "confirm")}
          </Button>
          <Button variant="ghost" onClick={onClose}>
            {t("keep")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type Given = { readonly reference: string; readonly failure: string };

function useStep({ name, payout: { payoutId } }: PayoutStep, onDone: () => void) {
  const t = useTranslations("sellers.payout");
  const client = useQueryClient();
  const toast = useToast();
  const params = { path: { payoutId } };
  const send = async ({ reference, failure }: Given): Promise<Payout> => {
    if (name === "approve") return await call(api.POST("/api/v1/admin/payouts/{payoutId}/approve", { params }));
    if (name === "pay" || name === "late") {
      const body = { reference: reference.trim() };
      return await call(api.POST("/api/v1/admin/payouts/{payoutId}/pay", { params, body }));
    }
    const body = { failure: failures.find((each) => each === failure) ?? "called_off" };
    return await call(api.POST("/api/v1/admin/payouts/{payoutId}/fail", { params, body }));
  };
  return useMutation({
    mutationFn: send,
    onSuccess: () => {
      toast({ text: t("done") });
      onDone();
    },
    onSettled: () => client.invalidateQueries({ queryKey: deskKey }),
  });
}
