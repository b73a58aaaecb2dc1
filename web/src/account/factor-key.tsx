"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "#web/ui/button.tsx";
import { buttonLook } from "#web/ui/button-look.ts";
import { useToast } from "#web/ui/toast.tsx";
import { CodeField } from "./code-form.tsx";

export type NewFactor = { readonly uri: string; readonly key: string; readonly backupCodes: readonly string[] };

/** What the library answers when a second factor is begun. */
export function factorOf(said: unknown): NewFactor {
  const { totpURI = "", backupCodes = [] } = said as { totpURI?: string; backupCodes?: readonly string[] };
  const key = URL.canParse(totpURI) ? (new URL(totpURI).searchParams.get("secret") ?? "") : "";
  return { uri: totpURI, key, backupCodes };
}

type FactorKeyProps = { readonly factor: NewFactor; readonly onShown: () => void };

/** Three steps in their order; it holds once the third is done. */
export function FactorKey({ factor: { uri, key, backupCodes }, onShown }: FactorKeyProps) {
  const t = useTranslations("account.factor");
  const toast = useToast();
  const copy = (): void => {
    navigator.clipboard.writeText(backupCodes.join("\n")).then(
      () => toast({ text: t("copied") }),
      () => toast({ text: t("notCopied"), tone: "bad" }),
    );
  };
  return (
    <div className="flex flex-col gap-8">
      <Step title={t("keyTitle")} body={t("keyBody")}>
        <p className="rounded bg-sunken px-4 py-3">
          <span className="sr-only">{t("key")}: </span>
          <code className="select-all">{key.replaceAll(/(.{4})(?=.)/g, "$1 ")}</code>
        </p>
        <a href={uri} className={buttonLook({ variant: "secondary", size: "sm" }, "self-start")}>
          {t("openApp")}
        </a>
      </Step>
      <Step title={t("codesTitle")} body={t("codesBody")}>
        <ul className="grid grid-cols-2 gap-x-6 gap-y-1 rounded bg-sunken px-4 py-3">
          {backupCodes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
        <Button variant="secondary" size="sm" className="self-start" onClick={copy}>
          {t("copyCodes")}
        </Button>
      </Step>
      <Step title={t("checkTitle")}>
        <CodeField isBackup={false} onEntered={onShown} />
      </Step>
    </div>
  );
}

type StepProps = { readonly title: string; readonly body?: string; readonly children: ReactNode };

function Step({ title, body, children }: StepProps) {
  return (
    <section className="flex flex-col gap-3">
      <h3 className="font-medium">{title}</h3>
      {body !== undefined && <p className="text-sm text-muted">{body}</p>}
      {children}
    </section>
  );
}
