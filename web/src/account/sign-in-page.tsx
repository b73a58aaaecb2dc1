"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#web/ui/button.tsx";
import { Link } from "#web/ui/link.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { CodeForm } from "./code-form.tsx";
import { PasswordForm } from "./password-form.tsx";
import { SignInLinkForm } from "./sign-in-link-form.tsx";
import { useEnter } from "./use-entrance.ts";
import { entranceHref } from "./way-back.ts";

type SignInPageProps = {
  readonly next: string;
  /** A mailed link led here because it is used or over. */
  readonly isLinkOver: boolean;
};

/** By password, by a mailed link, and with a second factor where there is one. */
export function SignInPage({ next, isLinkOver }: SignInPageProps) {
  const t = useTranslations("account");
  const enter = useEnter();
  const [step, setStep] = useState<"password" | "link" | "code">(isLinkOver ? "link" : "password");
  const isPassword = step === "password";
  if (step === "code") return <CodeForm onEntered={() => enter(next)} onBack={() => setStep("password")} />;
  return (
    <div className="flex flex-col gap-8">
      <header className="flex flex-col gap-2">
        <h1 className="text-2xl font-medium">{t("signIn.title")}</h1>
        <p className="text-muted">{t("signIn.lead")}</p>
      </header>
      {isLinkOver && (
        <Notice role="status" tone="warn">
          <p className="font-medium">{t("link.overTitle")}</p>
          <p>{t("link.overBody")}</p>
        </Notice>
      )}
      {isPassword ? (
        <PasswordForm onEntered={() => enter(next)} onCodeWanted={() => setStep("code")} />
      ) : (
        <SignInLinkForm />
      )}
      <div className="flex flex-col items-start gap-4 border-t border-line pt-6 text-sm">
        <Button variant="ghost" size="sm" className="-mx-3.5" onClick={() => setStep(isPassword ? "link" : "password")}>
          {t(isPassword ? "signIn.byLink" : "signIn.byPassword")}
        </Button>
        <p className="text-muted">
          {t.rich("signIn.newHere", { link: (words) => <Link href={entranceHref("/sign-up", next)}>{words}</Link> })}
        </p>
      </div>
    </div>
  );
}
