"use client";

import { sellerContract, sellerContractVersion } from "@muse/contracts/seller-contract";
import { useMutation } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { Button } from "#web/ui/button.tsx";
import { Checkbox } from "#web/ui/checkbox.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { TextArea } from "#web/ui/text-area.tsx";
import { TextField } from "#web/ui/text-field.tsx";
import { useFields } from "#web/ui/use-fields.ts";

/** What a seller agrees to, and what they want to be called. */
export function SignUpPage({ name }: { readonly name: string }) {
  const t = useTranslations("sell");
  const message = useErrorMessage();
  const [isAgreed, setAgreed] = useState(false);
  const [isJudged, setJudged] = useState(false);
  const { open, isOpening, error } = useOpening();
  const required = (value: string): string | undefined => (value.trim() === "" ? t("signUp.required") : undefined);
  const fields = useFields<"displayName" | "about">({
    displayName: { initial: name, isRequired: true, check: required },
    about: {},
  });
  const send = fields.submit((values) => (isAgreed ? open(values) : undefined));
  return (
    <main id="content" className="shell py-10 sm:py-14">
      <form
        noValidate
        onSubmit={(event) => {
          setJudged(true);
          send(event);
        }}
        className="mx-auto flex max-w-2xl flex-col gap-6"
      >
        <header className="flex flex-col gap-2">
          <h1 className="text-2xl font-medium">{t("title")}</h1>
          <p className="text-muted">{t("signUp.lead")}</p>
        </header>
        <TextField {...fields.of("displayName")} label={t("signUp.name")} maxLength={60} />
        <TextArea {...fields.of("about")} label={t("signUp.about")} rows={3} maxLength={1000} />
        <Contract />
        <div>
          <Checkbox
            label={t("signUp.agree")}
            checked={isAgreed}
            aria-invalid={(isJudged && !isAgreed) || undefined}
            onChange={({ currentTarget: { checked } }) => setAgreed(checked)}
          />
          {isJudged && !isAgreed && <p className="text-xs text-bad">{t("signUp.agreeMissing")}</p>}
        </div>
        {error !== null && (
          <Notice role="alert" tone="bad">
            {message(error)}
          </Notice>
        )}
        <Button type="submit" isBusy={isOpening} className="self-start">
          {t("signUp.send")}
        </Button>
      </form>
    </main>
  );
}

function Contract() {
  const t = useTranslations("sell.signUp");
  const locale = useLocale();
  return (
    <section
      aria-labelledby="contract"
      className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-6 text-sm"
    >
      <h2 id="contract" className="text-base font-medium">
        {t("contract")}
      </h2>
      <ol className="flex list-decimal flex-col gap-2 pl-5">
        {sellerContract[locale].map((paragraph) => (
          <li key={paragraph}>{paragraph}</li>
        ))}
      </ol>
      <p className="text-xs text-muted">{t("version", { version: sellerContractVersion })}</p>
    </section>
  );
}

function useOpening() {
  const router = useRouter();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (body: { displayName: string; about: string }) =>
      call(api.POST("/api/v1/seller", { body: { ...body, contractVersion: sellerContractVersion } })),
    onSuccess: () => router.refresh(),
  });
  return { open: mutate, isOpening: isPending, error };
}
