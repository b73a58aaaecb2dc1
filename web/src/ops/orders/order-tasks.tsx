"use client";

import { useTranslations } from "next-intl";
import { Section } from "../parts/page.tsx";
import { useCode } from "../parts/use-code.ts";
import { useWho } from "../parts/use-who.ts";
import { At } from "../parts/when.tsx";
import type { WholeOrder } from "./orders-query.ts";

/** What people were asked to do for it. */
export function OrderTasks({ tasks }: { readonly tasks: WholeOrder["manualTasks"] }) {
  const t = useTranslations("ops");
  const why = useCode("why");
  const who = useWho();
  if (tasks.length === 0) return null;
  return (
    <Section title={t("order.tasks")}>
      <ul className="flex flex-col divide-y divide-line rounded border border-line bg-surface text-sm">
        {tasks.map((task) => (
          <li key={`${task.task}${task.openedAt}`} className="flex flex-col gap-0.5 px-4 py-2.5">
            <span className="flex flex-wrap items-baseline gap-x-4">
              <At at={task.openedAt} className="text-muted" />
              <span className="font-medium">{t(`order.task.${task.task}`)}</span>
              <span>{t(`work.closed.${task.status}`)}</span>
              {(task.closedBy ?? task.claimedBy) !== null && (
                <span className="text-muted">{who(task.closedBy ?? task.claimedBy ?? "")}</span>
              )}
            </span>
            <span className="text-muted">{why(task.why)}</span>
            {task.note !== null && <span className="break-words whitespace-pre-wrap">{task.note}</span>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
