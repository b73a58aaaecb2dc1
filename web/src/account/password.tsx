"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { authenticate } from "#web/api/authenticate.ts";
import { isApiError } from "#web/api/error.ts";
import { Button } from "#web/ui/button.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { TextField } from "#web/ui/text-field.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { useFields } from "#web/ui/use-fields.ts";
import { AccountSection } from "./account-section.tsx";
import { authKey } from "./devices-query.ts";
import { passwordCheck, passwordLengthMin } from "./password-rule.ts";
import { useTryMessage } from "./use-entrance.ts";

export function Password() {
  const t = useTranslations("account.password");
  const [isOpen, setOpen] = useState(false);
  return (
    <AccountSection title={t("title")} body={t("body")}>
      {isOpen ? (
        <ChangeForm onDone={() => setOpen(false)} />
      ) : (
        <Button variant="secondary" onClick={() => setOpen(true)}>
          {t("change")}
        </Button>
      )}
    </AccountSection>
  );
}

function ChangeForm({ onDone }: { readonly onDone: () => void }) {
  const t = useTranslations("account.password");
  const rule = useTranslations("account.signUp");
  const message = useTryMessage();
  const fields = useFields({
    current: { isRequired: true, check: (value) => (value === "" ? t("currentMissing") : undefined) },
    next: { isRequired: true, check: passwordCheck(rule) },
  });
  const { change, isChanging, error } = useChange(onDone, () => fields.refuse("current", t("wrong")));
  const { isValid: _isValid, ...current } = fields.of("current");
  return (
    <form
      noValidate
      onSubmit={fields.submit((typed) => change(typed))}
      className="flex w-full max-w-md flex-col items-stretch gap-5"
    >
      <TextField {...current} label={t("current")} type="password" autoComplete="current-password" />
      <TextField
        {...fields.of("next")}
        label={t("next")}
        hint={rule("passwordHint", { length: passwordLengthMin })}
        type="password"
        autoComplete="new-password"
      />
      {error !== null && !isApiError(error, "credentials_invalid") && (
        <Notice role="alert" tone="bad">
          {message(error)}
        </Notice>
      )}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" isBusy={isChanging}>
          {t("save")}
        </Button>
        <Button variant="ghost" onClick={onDone}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}

function useChange(onDone: () => void, onWrong: () => void) {
  const t = useTranslations("account.password");
  const client = useQueryClient();
  const toast = useToast();
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({ current, next }: { readonly current: string; readonly next: string }) =>
      authenticate("/change-password", { currentPassword: current, newPassword: next, revokeOtherSessions: true }),
    onSuccess: async () => {
      toast({ text: t("saved") });
      onDone();
      await client.invalidateQueries({ queryKey: authKey });
    },
    onError: (failure) => {
      if (isApiError(failure, "credentials_invalid")) onWrong();
    },
  });
  return { change: mutate, isChanging: isPending, error };
}
