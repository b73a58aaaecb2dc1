"use client";

import type { EraseHindrance } from "@muse/contracts/account";
import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { isApiError } from "#web/api/error.ts";
import { Button } from "#web/ui/button.tsx";
import { buttonLook } from "#web/ui/button-look.ts";
import { Dialog } from "#web/ui/dialog.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { TextField } from "#web/ui/text-field.tsx";
import { useFields } from "#web/ui/use-fields.ts";
import { AccountSection } from "./account-section.tsx";
import { forgetPerson, useTryMessage } from "./use-entrance.ts";

type YourDataProps = { readonly isPerson: boolean; readonly onErased: () => void };

/** A copy of everything, and its end. */
export function YourData({ isPerson, onErased }: YourDataProps) {
  const t = useTranslations("account.data");
  const [isOpen, setOpen] = useState(false);
  return (
    <AccountSection title={t("title")} body={t("body")}>
      <div className="flex flex-wrap gap-3">
        <a href="/api/v1/account/export" download="muse-account.json" className={buttonLook({ variant: "secondary" })}>
          <Download aria-hidden="true" className="size-4" />
          {t("export")}
        </a>
        <Button variant="danger" onClick={() => setOpen(true)}>
          {t(isPerson ? "erase" : "eraseGuest")}
        </Button>
      </div>
      {isOpen && <EraseDialog isPerson={isPerson} onErased={onErased} onClose={() => setOpen(false)} />}
    </AccountSection>
  );
}

type EraseDialogProps = YourDataProps & { readonly onClose: () => void };

function EraseDialog({ isPerson, onErased, onClose }: EraseDialogProps) {
  const t = useTranslations("account.data");
  const words = useTranslations("account.password");
  const fields = useFields({
    password: {
      isRequired: isPerson,
      check: (value) => (isPerson && value === "" ? t("passwordMissing") : undefined),
    },
  });
  const { erase, isErasing, error } = useErasing(isPerson, onErased, () => fields.refuse("password", words("wrong")));
  const { isValid: _isValid, ...password } = fields.of("password");
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={t(isPerson ? "eraseTitle" : "eraseGuestTitle")}
      description={t("eraseBody")}
    >
      <form noValidate onSubmit={fields.submit(({ password: typed }) => erase(typed))} className="flex flex-col gap-5">
        {isPerson && <TextField {...password} label={t("password")} type="password" autoComplete="current-password" />}
        <EraseProblem error={error} />
        <div className="flex flex-wrap gap-3">
          <Button type="submit" variant="danger" isBusy={isErasing}>
            {t("confirm")}
          </Button>
          <Button variant="ghost" onClick={onClose}>
            {t("keep")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function useErasing(isPerson: boolean, onErased: () => void, onWrong: () => void) {
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: (password: string) => call(api.DELETE("/api/v1/account", { body: isPerson ? { password } : {} })),
    onSuccess: () => {
      forgetPerson();
      onErased();
    },
    onError: (failure) => {
      if (isPerson && isApiError(failure, "credentials_invalid")) onWrong();
    },
  });
  return { erase: mutate, isErasing: isPending || isSuccess, error };
}

/** What hinders it, thing by thing, so that it can be seen to; a wrong password stands at its field. */
function EraseProblem({ error }: { readonly error: unknown }) {
  const t = useTranslations("account.data");
  const message = useTryMessage();
  if (error === null || isApiError(error, "credentials_invalid")) return null;
  const known = isApiError(error, "account_not_erasable") ? hindrancesOf(error.failure.details?.["why"]) : [];
  return (
    <Notice role="alert" tone="bad">
      {known.length === 0 ? (
        message(error)
      ) : (
        <>
          <p className="font-medium">{t("notYet")}</p>
          <ul className="list-disc pl-5">
            {known.map((why) => (
              <li key={why}>{t(`hindrances.${why}`)}</li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  );
}

const hindrances = [
  "payment_open",
  "refund_open",
  "order_waiting",
  "cancellation_open",
  "owns_store",
  "seller_owed",
] as const satisfies readonly EraseHindrance[];

function hindrancesOf(why: unknown): readonly EraseHindrance[] {
  return Array.isArray(why) ? hindrances.filter((hindrance) => why.includes(hindrance)) : [];
}
