"use client";

import { useTranslations } from "next-intl";
import { Notice } from "#web/ui/panel.tsx";
import { useCode } from "../parts/use-code.ts";
import { Facts } from "../parts/page.tsx";
import { At, Countdown } from "../parts/when.tsx";
import type { Task } from "../types.ts";

/** Why it is here, until when, and what it is worth. */
export function WorkHead({ task }: { readonly task: Task }) {
  const t = useTranslations("ops.work");
  const why = useCode("why");
  const isOpen = task.closedAt === null;
  return (
    <section aria-label={t("facts")} className="flex flex-col gap-4">
      {isOpen && task.isCancelRequested && task.task === "place" && <Notice tone="warn">{t("wantedBack")}</Notice>}
      {isOpen && task.isOutcomeUnknown && <Notice tone="bad">{t("unknown", { store: task.storeName })}</Notice>}
      <Facts
        facts={[
          [t("why"), why(task.why)],
          [t("detail"), task.detail],
          [t("due"), isOpen ? <Countdown key="due" to={task.deadlineAt} /> : <At key="due" at={task.deadlineAt} />],
          [t("since"), <At key="since" at={task.openedAt} />],
          [t("value"), task.totalDisplay],
          [t("chargeMax"), task.chargeMaxDisplay],
          [t("storeNumber"), task.storeOrderNumber],
        ]}
      />
    </section>
  );
}
