"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { emailCheck } from "#web/address/address-checks.ts";
import { authenticate } from "#web/api/authenticate.ts";
import { Button } from "#web/ui/button.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { TextField } from "#web/ui/text-field.tsx";
import { useFields } from "#web/ui/use-fields.ts";
import { useTryMessage } from "./use-entrance.ts";

/** A link by mail that signs in. It says the same whoever asks: nobody learns who has an account. */
export function SignInLinkForm() {
  const t = useTranslations("account.link");
  const label = useTranslations("account.signIn");
  const say = useTranslations("address.errors");
  const message = useTryMessage();
  const fields = useFields({ email: { isRequired: true, check: emailCheck(say) } });
  const {
    mutate,
    isPending,
    error,
    data: sentTo,
    reset,
  } = useMutation({
    mutationFn: async (email: string) => {
      await authenticate("/sign-in/magic-link", { email });
      return email;
    },
  });
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
    <form noValidate onSubmit={fields.submit(({ email }) => mutate(email.trim()))} className="flex flex-col gap-5">
      <p>{t("body")}</p>
      <TextField {...fields.of("email")} label={label("email")} type="email" inputMode="email" autoComplete="email" />
      {error !== null && (
        <Notice role="alert" tone="bad">
          {message(error)}
        </Notice>
      )}
      <Button type="submit" size="lg" isWide isBusy={isPending}>
        {t("send")}
      </Button>
    </form>
  );
}
