"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { Button } from "#web/ui/button.tsx";
import { Dialog } from "#web/ui/dialog.tsx";
import { Panel } from "#web/ui/panel.tsx";
import { RadioCards } from "#web/ui/radio-cards.tsx";
import { TextArea } from "#web/ui/text-area.tsx";
import { useFields } from "#web/ui/use-fields.ts";
import { useDraft } from "../parts/use-draft.ts";
import { deskKey } from "../queries.ts";
import { Complaint, withoutTick } from "../parts/form-parts.tsx";
import type { OutcomeProps } from "./outcome.ts";

/** What the store said when it was asked to take the order back. A yes gives the shopper's money back. */
export function CancelForm({ task, isHeld, onDone }: OutcomeProps) {
  const t = useTranslations("ops.work.cancel");
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const { museOrderNumber, totalDisplay } = task;
  const fields = useFields({ outcome: {}, note: {} });
  const forget = useDraft(`cancel:${museOrderNumber}`, fields);
  const { outcome, note } = fields.values;
  const answer = useMutation({
    mutationFn: () =>
      call(
        api.POST("/api/v1/admin/manual-orders/{orderNumber}/cancel", {
          params: { path: { orderNumber: museOrderNumber } },
          body: {
            outcome: outcome === "cancelled" ? "cancelled" : "refused",
            ...(note.trim() === "" ? {} : { note: note.trim() }),
          },
        }),
      ),
    onSuccess: (said) => {
      forget();
      onDone(t(`done.${said.outcome}`, { number: museOrderNumber }));
    },
    onError: () => setAsking(false),
    onSettled: () => client.invalidateQueries({ queryKey: deskKey }),
  });
  return (
    <Panel className="p-4 sm:p-5">
      <form
        noValidate
        onSubmit={fields.submit(() => (outcome === "cancelled" ? setAsking(true) : answer.mutate()))}
        className="flex flex-col gap-4"
      >
        <RadioCards
          name="outcome"
          legend={t("legend", { store: task.storeName })}
          value={outcome === "" ? undefined : outcome}
          onChange={(value) => fields.fill({ outcome: value })}
          cards={[
            { value: "cancelled", title: t("cancelled"), hint: t("cancelledHint", { amount: totalDisplay }) },
            { value: "refused", title: t("refused"), hint: t("refusedHint") },
          ]}
        />
        <TextArea label={t("note")} rows={3} maxLength={2000} {...withoutTick(fields.of("note"))} />
        {answer.error !== null && <Complaint error={answer.error} />}
        <Button type="submit" disabled={!isHeld || outcome === ""} isBusy={answer.isPending && !isAsking} isWide>
          {t("send")}
        </Button>
      </form>
      <Dialog
        isOpen={isAsking}
        onOpenChange={setAsking}
        title={t("askTitle", { amount: totalDisplay })}
        description={t("askBody", { number: museOrderNumber, store: task.storeName })}
        actions={
          <>
            <Button onClick={() => answer.mutate()} isBusy={answer.isPending}>
              {t("confirm")}
            </Button>
            <Button variant="ghost" onClick={() => setAsking(false)}>
              {t("keep")}
            </Button>
          </>
        }
      />
    </Panel>
  );
}
