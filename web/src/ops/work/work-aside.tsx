"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState, type ReactNode } from "react";
import { Button } from "#web/ui/button.tsx";
import { ButtonLink } from "#web/ui/link.tsx";
import { Notice, Panel } from "#web/ui/panel.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { Key } from "../frame/keys-help.tsx";
import { useKeys } from "../frame/keys.ts";
import { useCode } from "../parts/use-code.ts";
import { useWho } from "../parts/use-who.ts";
import { At, Countdown } from "../parts/when.tsx";
import type { Task } from "../types.ts";
import { CancelForm } from "./cancel-form.tsx";
import { FailForm } from "./fail-form.tsx";
import { FindOutForm } from "./find-out-form.tsx";
import type { OutcomeProps } from "./outcome.ts";
import { PlaceForm } from "./place-form.tsx";
import { useLease, type Lease } from "./use-lease.ts";

/** Who holds it, and for whoever does, the ways it can end. */
export function WorkAside({ task }: { readonly task: Task }) {
  const { lease, claim, release } = useLease(task);
  const [wasMine, setWasMine] = useState(lease.kind === "mine");
  if (lease.kind === "mine" && !wasMine) setWasMine(true);
  const [warnings, setWarnings] = useState<readonly string[]>([]);
  const number = task.museOrderNumber;
  useKeys({
    c: () => {
      if ((lease.kind === "free" || lease.kind === "mine") && !claim.isPending) claim.mutate(number);
    },
    x: () => {
      if (lease.kind === "mine" && !release.isPending) {
        setWasMine(false);
        release.mutate(number);
      }
    },
  });
  if (lease.kind === "closed") return <Closed task={task} warnings={warnings} />;
  return (
    <>
      <Panel className="flex flex-col gap-3 p-4 sm:p-5">
        <Standing lease={lease} isLost={wasMine && lease.kind !== "mine"} />
        {lease.kind === "free" && (
          <Button onClick={() => claim.mutate(number)} isBusy={claim.isPending} isWide>
            <Keyed of="c" />
          </Button>
        )}
        {lease.kind === "mine" && (
          <Button
            variant="secondary"
            size="sm"
            isBusy={release.isPending}
            onClick={() => {
              setWasMine(false);
              release.mutate(number);
            }}
          >
            <Keyed of="x" />
          </Button>
        )}
      </Panel>
      {(lease.kind === "mine" || wasMine) && (
        <Outcome task={task} isHeld={lease.kind === "mine"} onWarnings={setWarnings} />
      )}
    </>
  );
}

function Keyed({ of }: { readonly of: "c" | "x" }) {
  const t = useTranslations("ops.claim");
  return (
    <>
      {t(of === "c" ? "claim" : "release")}
      <span aria-hidden="true" className="hidden lg:inline">
        <Key>{of}</Key>
      </span>
    </>
  );
}

type StandingProps = { readonly lease: Lease; readonly isLost: boolean };

function Standing({ lease, isLost }: StandingProps): ReactNode {
  const t = useTranslations("ops.claim");
  const who = useWho();
  if (lease.kind === "theirs") {
    const name = who(lease.by);
    return (
      <Notice tone="bad" role="status">
        {t(isLost ? "lostTo" : "heldBy", { who: name })}
      </Notice>
    );
  }
  if (lease.kind === "free" && isLost) {
    return (
      <Notice tone="warn" role="status">
        {t("lost")}
      </Notice>
    );
  }
  if (lease.kind === "mine") {
    return (
      <p className="text-sm" role="status">
        {t.rich("yours", { left: () => <Countdown to={lease.until} nearMinutes={3} /> })}
      </p>
    );
  }
  return <p className="text-sm text-muted">{t("first")}</p>;
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
  useKeys({
    p: (event) => {
      event.preventDefault();
      setWhich("place");
      focusSoon("storeOrderNumber");
    },
    n: (event) => {
      event.preventDefault();
      setWhich("fail");
      focusSoon("reason");
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
            className="flex min-h-9 items-center justify-center gap-2 rounded-sm text-sm text-muted aria-pressed:bg-surface aria-pressed:font-medium aria-pressed:text-ink"
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

/** The field is drawn with the next frame. */
function focusSoon(name: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`form:not([hidden]) [name="${name}"]`)?.focus());
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
