"use client";

import { useTranslations } from "next-intl";
import { Button } from "#web/ui/button.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { AddressLines, type AddressText } from "./address-lines.tsx";

type AddressSuggestionProps = {
  readonly typed: AddressText;
  readonly written: AddressText;
  readonly onKeep: () => void;
  readonly onTake: () => void;
};

/** What was typed beside what the address office would write. Nothing is changed before the shopper says so. */
export function AddressSuggestion({ typed, written, onKeep, onTake }: AddressSuggestionProps) {
  const t = useTranslations("address.suggestion");
  return (
    <Notice role="status" className="col-span-6 flex flex-col gap-4">
      <p className="font-medium">{t("title")}</p>
      <div className="grid gap-4 sm:grid-cols-2">
        <Spelling title={t("typed")} address={typed} action={t("keep")} onPress={onKeep} />
        <Spelling title={t("written")} address={written} action={t("take")} onPress={onTake} />
      </div>
    </Notice>
  );
}

type SpellingProps = {
  readonly title: string;
  readonly address: AddressText;
  readonly action: string;
  readonly onPress: () => void;
};

function Spelling({ title, address, action, onPress }: SpellingProps) {
  return (
    <div className="flex flex-col items-start gap-1">
      <p className="text-xs text-muted">{title}</p>
      <AddressLines address={{ ...address, name: "" }} />
      <Button variant="secondary" size="sm" className="mt-2" onClick={onPress}>
        {action}
      </Button>
    </div>
  );
}
