"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { emailCheck } from "#web/address/address-checks.ts";
import { authenticate } from "#web/api/authenticate.ts";
import { isApiError } from "#web/api/error.ts";
import { Button } from "#web/ui/button.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { TextField } from "#web/ui/text-field.tsx";
import { useFields } from "#web/ui/use-fields.ts";
import { useTryMessage } from "./use-entrance.ts";

type PasswordFormProps = {
  readonly onEntered: () => void;
  /** The password is right, and a second factor is asked for. */
  readonly onCodeWanted: () => void;
};

export function PasswordForm({ onEntered, onCodeWanted }: PasswordFormProps) {
  const t = useTranslations("account.signIn");
  const say = useTranslations("address.errors");
  const message = useTryMessage();
  const fields = useFields({
    email: { isRequired: true, check: emailCheck(say) },
    password: { isRequired: true, check: (value) => (value === "" ? t("passwordMissing") : undefined) },
  });
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: ({ email, password }: { readonly email: string; readonly password: string }) =>
      authenticate("/sign-in/email", { email: email.trim(), password }),
    onSuccess: (answer) => (isCodeWanted(answer) ? onCodeWanted() : onEntered()),
  });
  const { isValid: _isValid, ...password } = fields.of("password");
  return (
    <form noValidate onSubmit={fields.submit((typed) => mutate(typed))} className="flex flex-col gap-5">
      <TextField {...fields.of("email")} label={t("email")} type="email" inputMode="email" autoComplete="username" />
      <TextField {...password} label={t("password")} type="password" autoComplete="current-password" />
      {error !== null && (
        <Notice role="alert" tone="bad">
          {isApiError(error, "credentials_invalid") ? t("wrong") : message(error)}
        </Notice>
      )}
      <Button type="submit" size="lg" isWide isBusy={isPending || isSuccess}>
        {t("send")}
      </Button>
    </form>
  );
}

function isCodeWanted(answer: unknown): boolean {
  return (
    typeof answer === "object" && answer !== null && "twoFactorRedirect" in answer && answer.twoFactorRedirect === true
  );
}
