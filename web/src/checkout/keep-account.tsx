"use client";

import type { Session } from "@muse/contracts/checkout";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { authenticate } from "#web/api/authenticate.ts";
import { Button } from "#web/ui/button.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { Notice, Panel } from "#web/ui/panel.tsx";
import { TextField } from "#web/ui/text-field.tsx";
import { useFields } from "#web/ui/use-fields.ts";
import { whoQuery } from "./who-query.ts";

const passwordLengthMin = 8;

/** A guest becomes an account by one password: name and e-mail are known, cart and orders come along. */
export function KeepAccount({ session }: { readonly session: Session }) {
  const t = useTranslations("checkout.account");
  const client = useQueryClient();
  const message = useErrorMessage();
  const account = useQuery(whoQuery);
  const { email } = session;
  const fields = useFields({
    password: {
      isRequired: true,
      check: (value) => (value.length < passwordLengthMin ? t("tooShort", { length: passwordLengthMin }) : undefined),
    },
  });
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: (password: string) =>
      authenticate("/sign-up/email", {
        name: session.shippingAddress?.name ?? email ?? "",
        email: email ?? "",
        password,
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["account"] }),
  });

  if (isSuccess) {
    return (
      <Notice role="status" tone="good">
        {t("made", { email: email ?? "" })}
      </Notice>
    );
  }
  if (account.data?.kind !== "anonymous" || email === null) return null;
  return (
    <Panel>
      <form noValidate onSubmit={fields.submit(({ password }) => mutate(password))} className="flex flex-col gap-5">
        <div className="flex flex-col gap-1">
          <h2 className="text-lg font-medium">{t("title")}</h2>
          <p className="text-sm text-muted">{t("body", { email })}</p>
        </div>
        <div className="flex flex-wrap items-start gap-4">
          <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
          <TextField
            {...fields.of("password")}
            label={t("password")}
            hint={t("passwordHint", { length: passwordLengthMin })}
            type="password"
            autoComplete="new-password"
            className="min-w-60 grow"
          />
          <Button type="submit" variant="secondary" isBusy={isPending} className="mt-7.5 min-h-12">
            {t("keep")}
          </Button>
        </div>
        {error !== null && (
          <Notice role="alert" tone="bad">
            {message(error)}
          </Notice>
        )}
      </form>
    </Panel>
  );
}
