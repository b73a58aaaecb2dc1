"use client";

import type { RefundAccountView } from "@muse/contracts/refund-account";
import { banks } from "@muse/contracts/bank";
import { useMutation } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useId } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { Button } from "#web/ui/button.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { Select } from "#web/ui/select.tsx";
import { TextField } from "#web/ui/text-field.tsx";
import { useFields } from "#web/ui/use-fields.ts";

type RefundAccountProps = {
  readonly sessionId: string;
  readonly wanted: RefundAccountView;
  /** Who writes: the money's owner, or somebody of the house for them. */
  readonly by?: "owner" | "desk";
  /** What is shown of it elsewhere is read again. */
  readonly onNamed: () => Promise<unknown>;
};

/** Where money goes back to that was paid into an account: asked for while missing, told while on its way. */
export function RefundAccount({ sessionId, wanted, by = "owner", onNamed }: RefundAccountProps) {
  const t = useTranslations("refundAccount");
  const titleId = useId();
  const { status, amountDisplay: amount, bankName: bank, lastDigits: digits, problem } = wanted;
  if (status === "given") return <Notice>{t("given", { amount, bank: bank ?? "", digits: digits ?? "" })}</Notice>;
  return (
    <section aria-labelledby={titleId} data-testid="refund-account">
      <Notice className="flex flex-col gap-4">
        <div className="flex flex-col gap-1">
          <h2 id={titleId} className="font-medium">
            {t(`${by}.title`, { amount })}
          </h2>
          <p className="text-sm">{t(`${by}.body`)}</p>
        </div>
        {problem !== null && <p className="text-sm text-bad">{t("refused", { problem, digits: digits ?? "" })}</p>}
        <AccountForm sessionId={sessionId} by={by} onNamed={onNamed} />
      </Notice>
    </section>
  );
}

function AccountForm({ sessionId, by, onNamed }: Required<Omit<RefundAccountProps, "wanted">>) {
  const t = useTranslations("refundAccount");
  const locale = useLocale();
  const fields = useAccountFields();
  const message = useErrorMessage();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (body: { bankCode: string; accountNumber: string; holderName: string }) => {
      const params = { path: { sessionId } };
      return call(
        by === "owner"
          ? api.PUT("/api/v1/checkout/sessions/{sessionId}/refund-account", { params, body })
          : api.PUT("/api/v1/admin/checkouts/{sessionId}/refund-account", { params, body }),
      );
    },
    onSettled: onNamed,
  });
  const { isValid: _isValid, ...bankField } = fields.of("bankCode");
  return (
    <form
      noValidate
      autoComplete="off"
      className="flex max-w-md flex-col gap-4"
      onSubmit={fields.submit((values) => mutate(values))}
    >
      <Select
        {...bankField}
        label={t("bank")}
        options={[
          { value: "", label: t("choose"), isDisabled: true },
          ...banks.map(({ code, name }) => ({ value: code, label: name[locale] })),
        ]}
      />
      <TextField {...fields.of("accountNumber")} label={t("number")} inputMode="numeric" autoComplete="off" />
      <TextField {...fields.of("holderName")} label={t("holder")} hint={t("holderHint")} autoComplete="name" />
      {error !== null && (
        <p role="alert" className="text-sm text-bad">
          {message(error)}
        </p>
      )}
      <div className="flex flex-col items-start gap-2">
        <Button type="submit" isBusy={isPending}>
          {t(`${by}.send`)}
        </Button>
        <p className="text-xs text-muted">{t("kept")}</p>
      </div>
    </form>
  );
}

function useAccountFields() {
  const t = useTranslations("refundAccount");
  return useFields({
    bankCode: { isRequired: true, check: (value) => (value === "" ? t("bankMissing") : undefined) },
    accountNumber: {
      isRequired: true,
      check: (value) => (/^\d{6,20}$/.test(value.replaceAll(/[- ]/g, "")) ? undefined : t("numberWrong")),
    },
    holderName: { isRequired: true, check: (value) => (value.trim() === "" ? t("holderMissing") : undefined) },
  });
}
