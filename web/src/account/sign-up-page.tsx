"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { emailCheck } from "#web/address/address-checks.ts";
import { authenticate } from "#web/api/authenticate.ts";
import { isApiError } from "#web/api/error.ts";
import { Button } from "#web/ui/button.tsx";
import { Link } from "#web/ui/link.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { TextField } from "#web/ui/text-field.tsx";
import { useFields } from "#web/ui/use-fields.ts";
import { passwordCheck, passwordLengthMin } from "./password-rule.ts";
import { useEnter, useTryMessage } from "./use-entrance.ts";
import { entranceHref } from "./way-back.ts";

/** Three fields. What was gathered as a guest comes along by itself. */
export function SignUpPage({ next }: { readonly next: string }) {
  const t = useTranslations("account.signUp");
  return (
    <div className="flex flex-col gap-8">
      <header className="flex flex-col gap-2">
        <h1 className="text-2xl font-medium">{t("title")}</h1>
        <p className="text-muted">{t("lead")}</p>
      </header>
      <SignUpForm next={next} />
      <p className="border-t border-line pt-6 text-sm text-muted">
        {t.rich("haveOne", { link: (words) => <Link href={entranceHref("/sign-in", next)}>{words}</Link> })}
      </p>
    </div>
  );
}

function SignUpForm({ next }: { readonly next: string }) {
  const t = useTranslations("account.signUp");
  const label = useTranslations("account.signIn");
  const message = useTryMessage();
  const fields = useSignUpFields();
  const enter = useEnter();
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: ({ name, email, password }: Readonly<Record<"name" | "email" | "password", string>>) =>
      authenticate("/sign-up/email", { name: name.trim(), email: email.trim(), password }),
    onSuccess: () => enter(next),
    onError: (failure) => {
      const field = fieldOf(failure);
      if (field !== null) fields.refuse(field, message(failure));
    },
  });
  return (
    <form noValidate onSubmit={fields.submit((typed) => mutate(typed))} className="flex flex-col gap-5">
      <TextField {...fields.of("name")} label={t("name")} autoComplete="name" maxLength={100} />
      <TextField
        {...fields.of("email")}
        label={label("email")}
        type="email"
        inputMode="email"
        autoComplete="username"
      />
      <TextField
        {...fields.of("password")}
        label={label("password")}
        hint={t("passwordHint", { length: passwordLengthMin })}
        type="password"
        autoComplete="new-password"
      />
      {error !== null && fieldOf(error) === null && (
        <Notice role="alert" tone="bad">
          {message(error)}
        </Notice>
      )}
      <Button type="submit" size="lg" isWide isBusy={isPending || isSuccess}>
        {t("send")}
      </Button>
    </form>
  );
}

function useSignUpFields() {
  const t = useTranslations("account.signUp");
  const say = useTranslations("address.errors");
  return useFields({
    name: { isRequired: true, check: (value) => (value.trim() === "" ? t("nameMissing") : undefined) },
    email: { isRequired: true, check: emailCheck(say) },
    password: { isRequired: true, check: passwordCheck(t) },
  });
}

/** Which field a refusal is about; null: none of them. */
function fieldOf(error: unknown): "name" | "email" | "password" | null {
  if (isApiError(error, "email_taken")) return "email";
  const field = isApiError(error) ? error.failure.field : undefined;
  return field === "name" || field === "email" || field === "password" ? field : null;
}
