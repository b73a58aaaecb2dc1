"use client";

import { useTranslations } from "next-intl";
import { Button } from "#web/ui/button.tsx";
import { Dialog } from "#web/ui/dialog.tsx";
import type { UseDownload } from "./use-download.ts";

type WaiverQuestionProps = {
  readonly question: UseDownload["question"];
  /** The sentence that is agreed to, and kept. */
  readonly words: string;
};

/** Asked before the first download of anything, wherever it is pressed. */
export function WaiverQuestion({ question, words }: WaiverQuestionProps) {
  const t = useTranslations("library.waiver");
  if (question === null) return null;
  return (
    <Dialog
      isOpen
      onOpenChange={question.close}
      title={t("title")}
      description={t("about")}
      actions={
        <>
          <Button onClick={() => question.answer(true)}>{t("agree")}</Button>
          <Button variant="secondary" onClick={() => question.answer(false)}>
            {t("notNow")}
          </Button>
        </>
      }
    >
      <p>{words}</p>
    </Dialog>
  );
}
