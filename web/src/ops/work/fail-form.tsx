"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { Button } from "#web/ui/button.tsx";
import { Dialog } from "#web/ui/dialog.tsx";
import { Select } from "#web/ui/select.tsx";
import { TextArea } from "#web/ui/text-area.tsx";
import { useFields } from "#web/ui/use-fields.ts";
import { useCode } from "../parts/use-code.ts";
import { useDraft } from "../parts/use-draft.ts";
import { deskKey } from "../queries.ts";
import { Complaint, withoutTick } from "../parts/form-parts.tsx";
import type { OutcomeProps } from "./outcome.ts";

/** As the API knows them (contracts/src/placement.ts); its own list would bring its validator into the page. */
const failReasons = [
  "out_of_stock",
  "price_above_guard",
  "address_not_served",
  "rejected",
  "store_closed",
  "other",
] as const;

type FailReason = (typeof failReasons)[number];

/** The order cannot be placed: why, and the shopper's money goes back. Asked once more, as money moves. */
export function FailForm({ task, isHeld, onDone }: OutcomeProps) {
  const t = useTranslations("ops.work.fail");
  const why = useCode("why");
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const { museOrderNumber, totalDisplay } = task;
  const fields = useFields({
    reason: { check: (value) => (value === "" ? t("reasonMissing") : undefined), isRequired: true },
    note: {},
  });
  const forget = useDraft(`fail:${museOrderNumber}`, fields);
  const { reason, note } = fields.values;
  const fail = useMutation({
    mutationFn: () =>
      call(
        api.POST("/api/v1/admin/manual-orders/{orderNumber}/fail", {
          params: { path: { orderNumber: museOrderNumber } },
          body: { reason: reason as FailReason, ...(note.trim() === "" ? {} : { note: note.trim() }) },
        }),
      ),
    onSuccess: () => {
      forget();
      onDone(t("done", { number: museOrderNumber, amount: totalDisplay }));
    },
    onError: () => setAsking(false),
    onSettled: () => client.invalidateQueries({ queryKey: deskKey }),
  });
  return (
    <form noValidate onSubmit={fields.submit(() => setAsking(true))} className="flex flex-col gap-4">
      <Select
        label={t("reason")}
        {...withoutTick(fields.of("reason"))}
        options={[{ value: "", label: t("choose") }, ...failReasons.map((code) => ({ value: code, label: why(code) }))]}
      />
      <TextArea label={t("note")} hint={t("noteHint")} rows={3} maxLength={2000} {...withoutTick(fields.of("note"))} />
      {fail.error !== null && <Complaint error={fail.error} />}
      <Button type="submit" variant="danger" disabled={!isHeld} isWide>
        {t("send")}
      </Button>
      <Dialog
        isOpen={isAsking}
        onOpenChange={setAsking}
        title={t("askTitle", { amount: totalDisplay })}
        description={t("askBody", { number: museOrderNumber, reason: reason === "" ? "" : why(reason) })}
        actions={
          <>
            <Button variant="danger" onClick={() => fail.mutate()} isBusy={fail.isPending}>
              {t("confirm", { amount: totalDisplay })}
            </Button>
            <Button variant="ghost" onClick={() => setAsking(false)}>
              {t("keep")}
            </Button>
          </>
        }
      />
    </form>
  );
}
