"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { Button } from "#web/ui/button.tsx";
import { Dialog } from "#web/ui/dialog.tsx";
import { TextArea } from "#web/ui/text-area.tsx";
import { TextField } from "#web/ui/text-field.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { useFields } from "#web/ui/use-fields.ts";
import { Complaint } from "../parts/form-parts.tsx";
import { Section } from "../parts/page.tsx";
import { useDraft } from "../parts/use-draft.ts";
import { deskKey } from "../queries.ts";
import type { DisputeReport } from "./money-query.ts";

/** As the API knows them (contracts/src/dispute-answer.ts), and how many lines each wants. */
const texts = {
  productDescription: 4,
  customerName: 1,
  customerEmailAddress: 1,
  shippingAddress: 4,
  shippingCarrier: 1,
  shippingTrackingNumber: 1,
  shippingDate: 1,
  serviceDate: 1,
  accessActivityLog: 8,
  refundPolicyDisclosure: 6,
  refundRefusalExplanation: 3,
  duplicateChargeExplanation: 3,
  uncategorizedText: 10,
} as const;
type TextName = keyof typeof texts;
const textNames = Object.keys(texts) as TextName[];

/** What the bank is told, drafted from what we hold. Asked once more: it takes one answer. */
export function DisputeAnswerForm({ dispute }: { readonly dispute: DisputeReport }) {
  const t = useTranslations("money.answer");
  const client = useQueryClient();
  const toast = useToast();
  const [isAsking, setAsking] = useState(false);
  const { disputeId, draft } = dispute;
  const fields = useFields<TextName>(
    Object.fromEntries(textNames.map((name) => [name, { initial: draft[name] ?? "" }])) as Record<
      TextName,
      { initial: string }
    >,
  );
  const forget = useDraft(`dispute:${disputeId}`, fields);
  const evidence = filledOf(fields.values);
  const answer = useMutation({
    mutationFn: () =>
      call(
        api.POST("/api/v1/admin/disputes/{disputeId}/answer", {
          params: { path: { disputeId } },
          body: { evidence },
        }),
      ),
    onSuccess: () => {
      forget();
      toast({ text: t("sent") });
    },
    onError: () => setAsking(false),
    onSettled: () => client.invalidateQueries({ queryKey: deskKey }),
  });
  return (
    <Section title={t("title")}>
      <p className="text-sm text-muted">{t("body")}</p>
      <form noValidate onSubmit={fields.submit(() => setAsking(true))} className="flex max-w-3xl flex-col gap-4">
        {textNames.map((name) => {
          const { isValid: _isValid, ...field } = fields.of(name);
          return texts[name] === 1 ? (
            <TextField key={name} label={t(`text.${name}`)} maxLength={5_000} autoComplete="off" {...field} />
          ) : (
            <TextArea key={name} label={t(`text.${name}`)} rows={texts[name]} maxLength={20_000} {...field} />
          );
        })}
        {answer.isError && <Complaint error={answer.error} />}
        <div>
          <Button type="submit" disabled={Object.keys(evidence).length === 0}>
            {t("send")}
          </Button>
        </div>
      </form>
      <Dialog
        isOpen={isAsking}
        onOpenChange={setAsking}
        title={t("ask.title")}
        description={t("ask.body")}
        actions={
          <>
            <Button onClick={() => answer.mutate()} isBusy={answer.isPending}>
              {t("ask.confirm")}
            </Button>
            <Button variant="ghost" onClick={() => setAsking(false)}>
              {t("ask.keep")}
            </Button>
          </>
        }
      />
    </Section>
  );
}

function filledOf(values: Readonly<Record<TextName, string>>): Partial<Record<TextName, string>> {
  const filled = textNames.map((name) => [name, values[name].trim()] as const).filter(([, text]) => text !== "");
  return Object.fromEntries(filled);
}
