"use client";

import { useTranslations } from "next-intl";
import { Button } from "#web/ui/button.tsx";
import { Dialog } from "#web/ui/dialog.tsx";
import { Select } from "#web/ui/select.tsx";
import { TextField } from "#web/ui/text-field.tsx";
import { useFields } from "#web/ui/use-fields.ts";
import { Complaint, withoutTick } from "../parts/form-parts.tsx";
import { usePause } from "./use-store.ts";

type PauseDialogProps = { readonly storeId: string; readonly position: number; readonly onClose: () => void };

/** For how long. The last: until somebody resumes it. */
const spans = ["30", "120", "480", "1440", ""] as const;

/** Why, and for how long, machines keep away. */
export function PauseDialog({ storeId, position, onClose }: PauseDialogProps) {
  const t = useTranslations("ops.store.pausing");
  const pause = usePause(storeId, position, onClose);
  const fields = useFields({
    reason: { check: (value) => (value.trim() === "" ? t("reasonMissing") : undefined), isRequired: true },
    minutes: { initial: "120" },
  });
  return (
    <Dialog isOpen onOpenChange={onClose} title={t("title", { position })} description={t("body")}>
      <form
        noValidate
        onSubmit={fields.submit(({ reason, minutes }) =>
          pause.mutate({ reason: reason.trim(), minutes: minutes === "" ? null : Number(minutes) }),
        )}
        className="flex flex-col gap-4"
      >
        <TextField label={t("reason")} maxLength={200} autoComplete="off" {...fields.of("reason")} />
        <Select
          label={t("howLong")}
          {...withoutTick(fields.of("minutes"))}
          options={spans.map((value) => ({ value, label: value === "" ? t("open") : t(`span.${value}`) }))}
        />
        {pause.error !== null && <Complaint error={pause.error} />}
        <div className="flex gap-3">
          <Button type="submit" isBusy={pause.isPending}>
            {t("confirm")}
          </Button>
          <Button variant="ghost" onClick={onClose}>
            {t("keep")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
