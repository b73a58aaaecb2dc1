"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#web/ui/button.tsx";
import { Sheet } from "#web/ui/dialog.tsx";
import { Status } from "#web/ui/status.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { AccountSection } from "./account-section.tsx";
import { authKey, ownSessionQuery } from "./devices-query.ts";
import { FactorKey, type NewFactor } from "./factor-key.tsx";
import { FactorPassword } from "./factor-password.tsx";
import { useRouter } from "next/navigation";

/** Whether a code is asked for besides the password, and how that is begun and ended. */
export function SecondFactor() {
  const t = useTranslations("account.factor");
  const { data: own } = useQuery(ownSessionQuery);
  const [isOpen, setOpen] = useState(false);
  const isOn = own?.hasSecondFactor === true;
  return (
    <AccountSection title={t("title")} body={t("body")}>
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-4">
        <Status tone={isOn ? "good" : "neutral"}>{t(isOn ? "isOn" : "isOff")}</Status>
        <Button variant="secondary" disabled={own === undefined} onClick={() => setOpen(true)}>
          {t(isOn ? "turnOff" : "setUp")}
        </Button>
      </div>
      {isOpen && <FactorSheet isOn={isOn} onClose={() => setOpen(false)} />}
    </AccountSection>
  );
}

type FactorSheetProps = { readonly isOn: boolean; readonly onClose: () => void };

/** The password, then the key and the codes, then one code to show that it works; or the password, and it is off. */
function FactorSheet({ isOn, onClose }: FactorSheetProps) {
  const t = useTranslations("account.factor");
  const client = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const [factor, setFactor] = useState<NewFactor | null>(null);
  const finish = (text: string): void => {
    toast({ text });
    onClose();
    void client.invalidateQueries({ queryKey: authKey });
    // A role that needed one works from now on.
    router.refresh();
  };
  return (
    <Sheet
      isOpen
      onOpenChange={onClose}
      title={t(isOn ? "offTitle" : "askTitle")}
      {...(factor === null ? { description: t(isOn ? "offBody" : "askBody") } : {})}
    >
      {factor === null ? (
        <FactorPassword isOn={isOn} onBegun={setFactor} onEnded={() => finish(t("off"))} onCancel={onClose} />
      ) : (
        <FactorKey factor={factor} onShown={() => finish(t("done"))} />
      )}
    </Sheet>
  );
}
