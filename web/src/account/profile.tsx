"use client";

import type { AccountView } from "@muse/contracts/account";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { authenticate } from "#web/api/authenticate.ts";
import { Button } from "#web/ui/button.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { TextField } from "#web/ui/text-field.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { useFields } from "#web/ui/use-fields.ts";
import { AccountSection } from "./account-section.tsx";

/** Name and e-mail. The name can be changed here; the e-mail is what one signs in with. */
export function Profile({ account }: { readonly account: AccountView }) {
  const t = useTranslations("account.profile");
  const [isOpen, setOpen] = useState(false);
  const name = account.name ?? "";
  return (
    <AccountSection title={t("title")} body={t("body")}>
      <dl className="flex flex-col gap-5">
        {isOpen ? (
          <NameForm name={name} onDone={() => setOpen(false)} />
        ) : (
          <div className="flex flex-wrap items-baseline justify-between gap-x-6">
            <dt className="w-full text-sm text-muted">{t("name")}</dt>
            <dd>{name}</dd>
            <dd>
              <Button variant="secondary" size="sm" onClick={() => setOpen(true)}>
                {t("change")}
                <span className="sr-only"> {t("name")}</span>
              </Button>
            </dd>
          </div>
        )}
        <div>
          <dt className="text-sm text-muted">{t("email")}</dt>
          <dd className="break-words">{account.email}</dd>
        </div>
      </dl>
    </AccountSection>
  );
}

function NameForm({ name, onDone }: { readonly name: string; readonly onDone: () => void }) {
  const t = useTranslations("account.profile");
  const missing = useTranslations("account.signUp");
  const router = useRouter();
  const toast = useToast();
  const message = useErrorMessage();
  const fields = useFields({
    name: {
      initial: name,
      isRequired: true,
      check: (value) => (value.trim() === "" ? missing("nameMissing") : undefined),
    },
  });
  const { mutate, isPending, error } = useMutation({
    mutationFn: (next: string) => authenticate("/update-user", { name: next }),
    onSuccess: () => {
      toast({ text: t("saved") });
      router.refresh();
      onDone();
    },
  });
  return (
    <form
      noValidate
      onSubmit={fields.submit(({ name: next }) => mutate(next.trim()))}
      className="flex flex-col items-start gap-4"
    >
      <TextField
        {...fields.of("name")}
        label={t("name")}
        autoComplete="name"
        maxLength={100}
        className="w-full max-w-md"
      />
      {error !== null && (
        <Notice role="alert" tone="bad">
          {message(error)}
        </Notice>
      )}
      <div className="flex gap-3">
        <Button type="submit" isBusy={isPending}>
          {t("save")}
        </Button>
        <Button variant="ghost" onClick={onDone}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}
