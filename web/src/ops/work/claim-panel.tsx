"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "#web/ui/button.tsx";
import { cn } from "#web/ui/class-names.ts";
import { Notice, Panel } from "#web/ui/panel.tsx";
import { Key } from "../frame/keys-help.tsx";
import { useWho } from "../parts/use-who.ts";
import { Countdown } from "../parts/when.tsx";
import type { Hold, Lease } from "./use-hold.ts";

/** Who holds the order, and what changes that. */
export function ClaimPanel({ hold, className }: { readonly hold: Hold; readonly className?: string }) {
  const { lease, wasMine, take, giveBack, isTaking, isGivingBack } = hold;
  if (lease.kind === "closed") return null;
  return (
    <Panel className={cn("flex flex-col gap-3 p-4 sm:p-5", className)}>
      <Standing lease={lease} isLost={wasMine && lease.kind !== "mine"} />
      {lease.kind === "free" && (
        <Button onClick={take} isBusy={isTaking} isWide>
          <Keyed of="c" />
        </Button>
      )}
      {lease.kind === "mine" && (
        <Button variant="secondary" size="sm" isBusy={isGivingBack} onClick={giveBack}>
          <Keyed of="x" />
        </Button>
      )}
    </Panel>
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
