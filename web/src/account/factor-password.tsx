"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { authenticate } from "#web/api/authenticate.ts";
import { isApiError } from "#web/api/error.ts";
import { Button } from "#web/ui/button.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { TextField } from "#web/ui/text-field.tsx";
import { useFields } from "#web/ui/use-fields.ts";
import { factorOf, type NewFactor } from "./factor-key.tsx";
import { useTryMessage } from "./use-entrance.ts";

type FactorPasswordProps = {
  readonly isOn: boolean;
  readonly onBegun: (factor: NewFactor) => void;
  readonly onEnded: () => void;
  readonly onCancel: () => void;
};

/** Who has only found an open screen goes no further. */
export function FactorPassword({ isOn, onBegun, onEnded, onCancel }: FactorPasswordProps) {
  const t = useTranslations("account.factor");
  const words = useTranslations("account.password");
  const message = useTryMessage();
  const fields = useFields({
    password: { isRequired: true, check: (value) => (value === "" ? words("currentMissing") : undefined) },
  });
  const { mutate, isPending, error } = useMutation({
    mutationFn: (password: string) => authenticate(isOn ? "/two-factor/disable" : "/two-factor/enable", { password }),
    onSuccess: (said) => (isOn ? onEnded() : onBegun(factorOf(said))),
    onError: (failure) => {
      if (isApiError(failure, "credentials_invalid")) fields.refuse("password", words("wrong"));
    },
  });
  const { isValid: _isValid, ...field } = fields.of("password");
  return (
    <form noValidate onSubmit={fields.submit(({ password }) => mutate(password))} className="flex flex-col gap-5">
      <TextField {...field} label={words("current")} type="password" autoComplete="current-password" />
      {error !== null && !isApiError(error, "credentials_invalid") && (
        <Notice role="alert" tone="bad">
          {message(error)}
        </Notice>
      )}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" variant={isOn ? "danger" : "primary"} isBusy={isPending}>
          {t(isOn ? "turnOff" : "go")}
        </Button>
        <Button variant="ghost" onClick={onCancel}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}
