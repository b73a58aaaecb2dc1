"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#web/ui/button.tsx";
import { Panel } from "#web/ui/panel.tsx";
import { RadioCards } from "#web/ui/radio-cards.tsx";
import { useClaim } from "../queue/use-claim.ts";
import { At } from "../parts/when.tsx";
import type { Task, TaskAttempt } from "../types.ts";
import { PlaceForm } from "./place-form.tsx";
import type { OutcomeProps } from "./outcome.ts";

type FindOutFormProps = OutcomeProps & {
  /** The store certainly does not have it: it may be placed now, or given up. */
  readonly onAbsent: () => void;
};

type Found = "has" | "absent" | "unclear";

/** It is not known whether the store has the order. Nobody places it again before somebody has found out. */
export function FindOutForm(props: FindOutFormProps) {
  const t = useTranslations("ops.work.findOut");
  const { task, isHeld, onAbsent, onDone } = props;
  const { release } = useClaim({ isSeen: true });
  const [found, setFound] = useState<Found | undefined>(undefined);
  const { museOrderNumber: number, storeName: store } = task;
  return (
    <Panel className="flex flex-col gap-4 p-4 sm:p-5">
      <h2 className="text-sm font-medium">{t("title")}</h2>
      <Seen task={task} />
      <RadioCards
        name="found"
        legend={t("legend", { store })}
        value={found}
        onChange={(value) => setFound(value as Found)}
        cards={[
          { value: "has", title: t("has"), hint: t("hasHint") },
          { value: "absent", title: t("absent"), hint: t("absentHint") },
          { value: "unclear", title: t("unclear"), hint: t("unclearHint") },
        ]}
      />
      {found === "has" && <PlaceForm {...props} />}
      {found === "absent" && (
        <Button onClick={onAbsent} disabled={!isHeld} isWide>
          {t("goOn")}
        </Button>
      )}
      {found === "unclear" && (
        <Button
          variant="secondary"
          disabled={!isHeld}
          isBusy={release.isPending}
          isWide
          onClick={() => release.mutate(number, { onSuccess: () => onDone(t("left", { number })) })}
        >
          {t("leave")}
        </Button>
      )}
    </Panel>
  );
}

/** What is known of the attempt whose end nobody saw. */
function Seen({ task }: { readonly task: Task }) {
  const t = useTranslations("ops.work.findOut");
  const lost = lastUnknown(task.attempts);
  if (lost === undefined) return <p className="text-sm text-muted">{t("nothingSeen")}</p>;
  return (
    <ul className="flex flex-col gap-1.5 text-sm">
      <li>{t.rich("began", { at: () => <At at={lost.startedAt} isExact /> })}</li>
      {lost.detail !== null && <li className="break-words">{t("said", { detail: lost.detail })}</li>}
      <li>{lost.lookUps > 0 ? t("asked", { count: lost.lookUps }) : t("notAsked")}</li>
    </ul>
  );
}

function lastUnknown(attempts: readonly TaskAttempt[]): TaskAttempt | undefined {
  return attempts.findLast(({ status }) => status === "unknown");
}
