"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#web/ui/button.tsx";
import { Dialog } from "#web/ui/dialog.tsx";
import { TextArea } from "#web/ui/text-area.tsx";

export type Answer<Of> = { readonly of: Of; readonly decision: "approved" | "declined" };

type AnswerDialogProps = {
  readonly answer: Answer<unknown> | null;
  readonly amount: string;
  readonly reason: string;
  readonly isPending: boolean;
  readonly onClose: () => void;
  readonly onSend: (note: string) => void;
};

/** Asks once before money goes, or is refused. */
export function AnswerDialog({ answer, amount, reason, isPending, onClose, onSend }: AnswerDialogProps) {
  const t = useTranslations("ops.refunds.ask");
  const [note, setNote] = useState("");
  if (answer === null) return null;
  const { decision } = answer;
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={t(`${decision}.title`, { amount })}
      description={t(`${decision}.body`)}
      actions={
        <>
          <Button
            variant={decision === "approved" ? "danger" : "primary"}
            onClick={() => onSend(note)}
            isBusy={isPending}
          >
            {t(`${decision}.confirm`)}
          </Button>
          <Button variant="ghost" onClick={onClose}>
            {t("keep")}
          </Button>
        </>
      }
    >
      <p className="rounded bg-sunken px-4 py-3 text-sm break-words whitespace-pre-wrap">{reason}</p>
      <TextArea
        label={t("note")}
        rows={2}
        maxLength={2000}
        value={note}
        onChange={({ target: { value } }) => setNote(value)}
      />
    </Dialog>
  );
}
