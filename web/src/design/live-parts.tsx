"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#web/ui/button.tsx";
import { Checkbox } from "#web/ui/checkbox.tsx";
import { Dialog, Sheet } from "#web/ui/dialog.tsx";
import { ErrorState } from "#web/ui/error-state.tsx";
import { Panel } from "#web/ui/panel.tsx";
import { Quantity } from "#web/ui/quantity.tsx";
import { RadioCards } from "#web/ui/radio-cards.tsx";
import { BareSelect, Select } from "#web/ui/select.tsx";
import { TextArea } from "#web/ui/text-area.tsx";
import { TextField } from "#web/ui/text-field.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { useFields } from "#web/ui/use-fields.ts";

/** Fields as they behave: leave one empty, write something wrong, send. */
export function FieldsExample() {
  const t = useTranslations("design.sample");
  const say = useToast();
  const fields = useFields({
    name: { check: (value) => (value.trim() === "" ? t("nameWrong") : undefined), isRequired: true },
    email: { initial: "sasha@example.com" },
    note: {},
  });
  return (
    <Panel>
      <form
        noValidate
        className="grid gap-5 sm:grid-cols-2"
        onSubmit={fields.submit(({ name }) => say({ text: name }))}
      >
        <TextField label={t("name")} hint={t("nameHint")} autoComplete="off" {...fields.of("name")} />
        <TextField label={t("email")} type="email" autoComplete="off" {...fields.of("email")} isValid />
        <TextField label={t("name")} error={t("nameWrong")} isRequired defaultValue="" name="wrong" />
        <Select label={t("size")} isRequired options={useSizes()} />
        <TextArea label={t("note")} className="sm:col-span-2" {...fields.of("note")} />
        <div className="flex flex-wrap items-center gap-3 sm:col-span-2">
          <Button type="submit">{t("save")}</Button>
          <BareSelect aria-label={t("size")} options={useSizes()} />
        </div>
      </form>
    </Panel>
  );
}

function useSizes() {
  const t = useTranslations("design.sample");
  return [
    { value: "s", label: t("small") },
    { value: "l", label: t("large") },
    { value: "xl", label: t("soldOut"), isDisabled: true },
  ];
}

export function ChoicesExample() {
  const t = useTranslations("design.sample");
  const [delivery, setDelivery] = useState("standard");
  const [quantity, setQuantity] = useState(2);
  return (
    <div className="flex max-w-lg flex-col gap-6">
      <RadioCards
        name="delivery"
        legend={t("delivery")}
        value={delivery}
        onChange={setDelivery}
        cards={[
          { value: "standard", title: t("standard"), hint: t("standardHint"), aside: "$6.95" },
          { value: "express", title: t("express"), hint: t("expressHint"), aside: "$18.95" },
        ]}
      />
      <Checkbox label={t("agree")} hint={t("agreeHint")} defaultChecked />
      <Quantity value={quantity} onChange={setQuantity} label={t("quantity")} max={9} />
    </div>
  );
}

export function OverlaysExample() {
  const t = useTranslations("design.sample");
  const say = useToast();
  const [open, setOpen] = useState<"dialog" | "sheet" | undefined>();
  const close = (): void => setOpen(undefined);
  const actions = (
    <>
      <Button variant="danger" onClick={close}>
        {t("remove")}
      </Button>
      <Button variant="ghost" onClick={close}>
        {t("more")}
      </Button>
    </>
  );
  const words = { title: t("dialogTitle"), description: t("dialogText"), onOpenChange: close, actions };
  return (
    <div className="flex flex-wrap gap-3">
      <Button variant="secondary" onClick={() => setOpen("dialog")}>
        {t("openDialog")}
      </Button>
      <Button variant="secondary" onClick={() => setOpen("sheet")}>
        {t("openSheet")}
      </Button>
      <Button
        variant="secondary"
        onClick={() => say({ text: t("toast"), action: { label: t("undo"), onPress: () => say({ text: t("save") }) } })}
      >
        {t("openToast")}
      </Button>
      <Dialog isOpen={open === "dialog"} {...words} />
      <Sheet isOpen={open === "sheet"} {...words} />
    </div>
  );
}

export function ErrorExample() {
  return <ErrorState onRetry={() => undefined} className="border-t border-line" />;
}
