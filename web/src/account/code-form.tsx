"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { authenticate } from "#web/api/authenticate.ts";
import { isApiError } from "#web/api/error.ts";
import { Button } from "#web/ui/button.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { TextField } from "#web/ui/text-field.tsx";
import { useFields } from "#web/ui/use-fields.ts";
import { useTryMessage } from "./use-entrance.ts";

type CodeFormProps = { readonly onEntered: () => void; readonly onBack: () => void };

/** The second of two factors: what the app shows, or one of the codes put away for the day it is lost. */
export function CodeForm({ onEntered, onBack }: CodeFormProps) {
  const t = useTranslations("account.code");
  const [isBackup, setBackup] = useState(false);
  return (
    <div className="flex flex-col gap-8">
      <header className="flex flex-col gap-2">
        <h1 className="text-2xl font-medium">{t("title")}</h1>
        <p className="text-muted">{t(isBackup ? "backupBody" : "body")}</p>
      </header>
      <CodeField key={String(isBackup)} isBackup={isBackup} onEntered={onEntered} />
      <div className="flex flex-wrap gap-x-6 gap-y-2 border-t border-line pt-6">
        <Button variant="ghost" size="sm" className="-mx-3.5" onClick={() => setBackup(!isBackup)}>
          {t(isBackup ? "useApp" : "useBackup")}
        </Button>
        <Button variant="ghost" size="sm" onClick={onBack}>
          {t("back")}
        </Button>
      </div>
    </div>
  );
}

type CodeFieldProps = { readonly isBackup: boolean; readonly onEntered: () => void };

/** One code and its button; also the last step of setting a second factor up. */
export function CodeField({ isBackup, onEntered }: CodeFieldProps) {
  const t = useTranslations("account.code");
  const message = useTryMessage();
  const check = (value: string): string | undefined => {
    if (isBackup) return value.trim() === "" ? t("backupMissing") : undefined;
    return /^\d{6}$/.test(value.replaceAll(/\s/g, "")) ? undefined : t("codeFormat");
  };
  const fields = useFields({ code: { isRequired: true, check } });
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: (code: string) =>
      isBackup
        ? authenticate("/two-factor/verify-backup-code", { code: code.trim() })
        : authenticate("/two-factor/verify-totp", { code: code.replaceAll(/\s/g, "") }),
    onSuccess: onEntered,
    onError: (failure) => {
      if (isApiError(failure, "two_factor_code_invalid")) fields.refuse("code", message(failure));
    },
  });
  const isFieldsFault = isApiError(error, "two_factor_code_invalid");
  return (
    <form noValidate onSubmit={fields.submit(({ code }) => mutate(code))} className="flex flex-col gap-5">
      <TextField
        {...fields.of("code")}
        label={t(isBackup ? "backup" : "code")}
        inputMode={isBackup ? "text" : "numeric"}
        autoComplete={isBackup ? "off" : "one-time-code"}
        autoCapitalize="off"
        spellCheck={false}
        maxLength={isBackup ? 40 : 8}
      />
      {error !== null && !isFieldsFault && (
        <Notice role="alert" tone="bad">
          {isApiError(error, "not_signed_in") ? t("over") : message(error)}
        </Notice>
      )}
      <Button type="submit" size="lg" isWide isBusy={isPending || isSuccess}>
        {t("send")}
      </Button>
    </form>
  );
}
