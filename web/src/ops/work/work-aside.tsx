"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { flushSync } from "react-dom";
import { ButtonLink } from "#web/ui/link.tsx";
import { Notice, Panel } from "#web/ui/panel.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { Key } from "../frame/keys-help.tsx";
import { useKeys } from "../frame/keys.ts";
import { useCode } from "../parts/use-code.ts";
import { useWho } from "../parts/use-who.ts";
import { At } from "../parts/when.tsx";
import type { Task } from "../types.ts";
import { CancelForm } from "./cancel-form.tsx";
import { FailForm } from "./fail-form.tsx";
import { FindOutForm } from "./find-out-form.tsx";
import type { OutcomeProps } from "./outcome.ts";
import { PlaceForm } from "./place-form.tsx";
import type { Hold } from "./use-hold.ts";

/** For whoever holds it, the ways it can end. */
export function WorkAside({ task, hold }: { readonly task: Task; readonly hold: Hold }) {
  const [warnings, setWarnings] = useState<readonly string[]>([]);
  const { lease, wasMine } = hold;
  if (lease.kind === "closed") return <Closed task={task} warnings={warnings} />;
  if (lease.kind !== "mine" && !wasMine) return null;
  return <Outcome task={task} isHeld={lease.kind === "mine"} onWarnings={setWarnings} />;
}

type EndingProps = Pick<OutcomeProps, "task" | "isHeld"> & {
  readonly onWarnings: (warnings: readonly string[]) => void;
};

/** The ways it can end. They stay where the claim is lost, so that nothing typed is gone, and send nothing. */
function Outcome({ task, isHeld, onWarnings }: EndingProps) {
  const router = useRouter();
  const toast = useToast();
  const onDone = (text: string, warnings: readonly string[] = []): void => {
    toast({ text });
    onWarnings(warnings);
    // What has to be read stays in sight; otherwise the next order waits in the queue.
    if (warnings.length === 0) router.push("/ops");
  };
  const common = { task, isHeld, onDone };
  return task.task === "cancel" ? <CancelForm {...common} /> : <PlaceOutcome {...common} />;
}

function PlaceOutcome(props: OutcomeProps) {
  const t = useTranslations("ops.work");
  const { isOutcomeUnknown } = props.task;
  const [isAbsent, setAbsent] = useState(false);
  const [which, setWhich] = useState<"place" | "fail">("place");
  const turnTo = (ending: "place" | "fail", field: string): void => {
    // Drawn at once: the next key belongs into the field already.
    flushSync(() => setWhich(ending));
    document.querySelector<HTMLElement>(`form:not([hidden]) [name="${field}"]`)?.focus();
  };
  useKeys({
    p: (event) => {
      event.preventDefault();
      turnTo("place", "storeOrderNumber");
    },
    n: (event) => {
      event.preventDefault();
      turnTo("fail", "reason");
    },
  });
  if (isOutcomeUnknown && !isAbsent) return <FindOutForm {...props} onAbsent={() => setAbsent(true)} />;
  return (
    <Panel className="flex flex-col gap-4 p-4 sm:p-5">
      <div role="group" aria-label={t("outcome")} className="grid grid-cols-2 gap-1 rounded bg-sunken p-1">
        {(["place", "fail"] as const).map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={which === name}
            onClick={() => setWhich(name)}
            className="flex min-h-9 items-center justify-center gap-2 rounded-sm text-sm text-muted border border-transparent aria-pressed:border-line aria-pressed:bg-surface aria-pressed:font-medium aria-pressed:text-ink"
          >
            {t(`as.${name}`)}
            <span aria-hidden="true" className="hidden lg:inline">
              <Key>{name === "place" ? "p" : "n"}</Key>
            </span>
          </button>
        ))}
      </div>
      {/* Both stay, so that going back and forth loses nothing. */}
      <div hidden={which !== "place"}>
        <PlaceForm {...props} />
      </div>
      <div hidden={which !== "fail"}>
        <FailForm {...props} />
      </div>
    </Panel>
  );
}

type ClosedProps = { readonly task: Task; readonly warnings: readonly string[] };

function Closed({ task, warnings }: ClosedProps) {
  const t = useTranslations("ops.work");
  const who = useWho();
  const why = useCode("why");
  return (
    <Panel className="flex flex-col items-start gap-3 p-4 sm:p-5">
      <h2 className="text-sm font-medium">{t(`closed.${task.status}`)}</h2>
      {warnings.map((warning) => (
        <Notice key={warning} tone="warn" role="status">
          {warning}
        </Notice>
      ))}
      <p className="text-sm text-muted">
        {task.closedAt !== null && <At at={task.closedAt} />}
        {task.closedBy !== null && ` · ${who(task.closedBy)}`}
      </p>
      {task.storeOrderNumber !== null && (
        <p className="figures text-sm">{t("storeNumberIs", { number: task.storeOrderNumber })}</p>
      )}
      {task.note !== null && <p className="text-sm break-words whitespace-pre-wrap">{why(task.note)}</p>}
      <ButtonLink href="/ops" variant="secondary" size="sm">
        {t("toQueue")}
      </ButtonLink>
    </Panel>
  );
}
