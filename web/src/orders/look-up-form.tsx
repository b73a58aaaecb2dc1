"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { emailCheck } from "#web/address/address-checks.ts";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { isApiError } from "#web/api/error.ts";
import { Button } from "#web/ui/button.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { Link } from "#web/ui/link.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { TextField } from "#web/ui/text-field.tsx";
import { useFields } from "#web/ui/use-fields.ts";

type LookUpFormProps = {
  /** Asks for this order's checkout alone. */
  readonly orderNumber?: string;
  /** Where to be after signing in instead. */
  readonly next?: string;
};

/**
 * For who bought without an account, or elsewhere: a link to the orders, by mail. It says nothing about who has any.
 */
export function LookUpForm({ orderNumber, next = "/orders" }: LookUpFormProps) {
  const t = useTranslations("orders.lookUp");
  const { mutate, isPending, error, data: sentTo, reset } = useLookUp(orderNumber);
  if (sentTo !== undefined) {
    return (
      <Notice role="status" tone="good" className="flex flex-col items-start gap-2 p-5">
        <p className="text-base font-medium">{t("sentTitle")}</p>
        <p>{t("sentBody", { email: sentTo })}</p>
        <button type="button" onClick={reset} className="touch underline underline-offset-4">
          {t("again")}
        </button>
      </Notice>
    );
  }
  return (
    <div className="flex flex-col gap-5">
      <p className="text-muted">{t("body")}</p>
      <EmailForm onSend={mutate} isSending={isPending} error={error} />
      <p className="text-sm text-muted">
        {t.rich("haveAccount", {
          link: (words) => <Link href={`/sign-in?next=${encodeURIComponent(next)}`}>{words}</Link>,
        })}
      </p>
    </div>
  );
}

/** @returns a mutation that answers the address it has asked for */
function useLookUp(orderNumber: string | undefined) {
  return useMutation({
    mutationFn: async (email: string) => {
      const body = { email, ...(orderNumber === undefined ? {} : { orderNumber }) };
      await call(api.POST("/api/v1/orders/lookup", { body }));
      return email;
    },
  });
}

type EmailFormProps = {
  readonly onSend: (email: string) => void;
  readonly isSending: boolean;
  readonly error: Error | null;
};

function EmailForm({ onSend, isSending, error }: EmailFormProps) {
  const t = useTranslations("orders.lookUp");
  const say = useTranslations("address.errors");
  const message = useErrorMessage();
  const fields = useFields({ email: { isRequired: true, check: emailCheck(say) } });
  const waitS = isApiError(error, "rate_limited") ? (error.failure.retryAfterS ?? 60) : null;
  return (
    <form noValidate onSubmit={fields.submit(({ email }) => onSend(email.trim()))} className="flex flex-col gap-4">
      <TextField {...fields.of("email")} label={t("email")} type="email" inputMode="email" autoComplete="email" />
      <Button type="submit" isBusy={isSending} className="self-start">
        {t("send")}
      </Button>
      {error !== null && (
        <Notice role="alert" tone="bad">
          {waitS === null ? message(error) : t("tooOften", { minutes: Math.ceil(waitS / 60) })}
        </Notice>
      )}
    </form>
  );
}
