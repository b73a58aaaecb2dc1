"use client";

import type { Session } from "@muse/contracts/checkout";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { emailCheck } from "#web/address/address-checks.ts";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { isApiError } from "#web/api/error.ts";
import { Button } from "#web/ui/button.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { TextField } from "#web/ui/text-field.tsx";
import { useFields } from "#web/ui/use-fields.ts";
import { sessionKey } from "./session-query.ts";

/** Where the confirmation went, and where the next words go, should that have been wrong. */
export function ConfirmationEmail({ session }: { readonly session: Session }) {
  const t = useTranslations("checkout.done");
  const [form, setForm] = useState<"untouched" | "open" | "closed">("untouched");
  const { email } = session;
  if (email === null) return null;
  if (form === "open") return <EmailForm session={session} onDone={() => setForm("closed")} />;
  return (
    <p className="text-muted">
      {t.rich("sentTo", { email, strong: (words) => <strong className="font-medium text-ink">{words}</strong> })}{" "}
      <button
        type="button"
        // The form has taken its place and goes with the focus, which comes back to where it was.
        autoFocus={form === "closed"}
        onClick={() => setForm("open")}
        className="touch underline underline-offset-4 hover:text-ink"
      >
        {t("changeEmail")}
      </button>
    </p>
  );
}

function EmailForm({ session, onDone }: { readonly session: Session; readonly onDone: () => void }) {
  const t = useTranslations("checkout.done");
  const say = useTranslations("address.errors");
  const client = useQueryClient();
  const message = useErrorMessage();
  const { sessionId, email } = session;
  const fields = useFields({
    email: { initial: email ?? "", isRequired: true, check: emailCheck(say) },
  });
  const { mutate, isPending, error } = useMutation({
    mutationFn: (next: string) =>
      call(
        api.PUT("/api/v1/checkout/sessions/{sessionId}/email", {
          params: { path: { sessionId } },
          body: { email: next },
        }),
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: sessionKey(sessionId) });
      onDone();
    },
    onError: (failure) => {
      if (isApiError(failure) && failure.failure.field === "email") fields.refuse("email", message(failure));
    },
  });
  return (
    <form
      noValidate
      onSubmit={fields.submit(({ email: next }) => mutate(next.trim()))}
      className="flex max-w-md flex-col gap-3"
    >
      <TextField {...fields.of("email")} label={t("email")} type="email" autoComplete="email" autoFocus />
      <span className="flex gap-3">
        <Button type="submit" variant="secondary" isBusy={isPending}>
          {t("saveEmail")}
        </Button>
        <Button variant="ghost" onClick={onDone}>
          {t("keepEmail")}
        </Button>
      </span>
      {error !== null && !(isApiError(error) && error.failure.field === "email") && (
        <Notice role="alert" tone="bad">
          {message(error)}
        </Notice>
      )}
    </form>
  );
}
