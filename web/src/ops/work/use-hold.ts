"use client";

import { useEffect, useRef, useState } from "react";
import { useKeys } from "../frame/keys.ts";
import { useOperator } from "../frame/operator.tsx";
import { useNow } from "../parts/when.tsx";
import { useClaim } from "../queue/use-claim.ts";
import type { Task } from "../types.ts";

/** While less than this is left of a claim, work at the page renews it. */
const renewBelowMs = 5 * 60_000;

/** Who has touched neither key nor mouse for so long is not at work. */
const idleMs = 10 * 60_000;

export type Lease =
  | { readonly kind: "closed" }
  | { readonly kind: "free" }
  | { readonly kind: "mine"; readonly until: string }
  | { readonly kind: "theirs"; readonly by: string };

/** How an order is held, and what changes that. */
export type Hold = {
  readonly lease: Lease;
  /** It was mine since the page was opened, and I have not given it back. */
  readonly wasMine: boolean;
  readonly take: () => void;
  readonly giveBack: () => void;
  readonly isTaking: boolean;
  readonly isGivingBack: boolean;
};

/** Holds an order by button or key. A claim is kept while its holder works here, and only then. */
export function useHold(task: Task): Hold {
  const { accountId } = useOperator();
  const { claim, release } = useClaim({ isSeen: true });
  const lease = leaseOf(task, accountId);
  const touched = useTouched();
  const now = useNow();
  const until = lease.kind === "mine" ? Date.parse(lease.until) : null;
  const { mutate, isPending } = claim;
  const { museOrderNumber } = task;
  useEffect(() => {
    if (until === null || now === null || isPending) return;
    const isNear = until - now < renewBelowMs && until > now;
    if (isNear && performance.now() - touched.current < idleMs) mutate(museOrderNumber);
  }, [until, now, isPending, mutate, museOrderNumber, touched]);

  const [wasMine, setWasMine] = useState(lease.kind === "mine");
  const [hasLeft, setLeft] = useState(false);
  if (lease.kind === "mine" && !wasMine) setWasMine(true);
  const take = (): void => {
    if ((lease.kind !== "free" && lease.kind !== "mine") || isPending) return;
    setLeft(false);
    mutate(museOrderNumber);
  };
  const giveBack = (): void => {
    if (lease.kind !== "mine" || release.isPending) return;
    setLeft(true);
    release.mutate(museOrderNumber, { onError: () => setLeft(false) });
  };
  useKeys({ c: take, x: giveBack });
  const { isPending: isGivingBack } = release;
  return { lease, wasMine: wasMine && !hasLeft, take, giveBack, isTaking: isPending, isGivingBack };
}

function leaseOf({ closedAt, claimedBy, claimedUntil }: Task, own: string): Lease {
  if (closedAt !== null) return { kind: "closed" };
  if (claimedBy === null || claimedUntil === null) return { kind: "free" };
  if (claimedBy === own) return { kind: "mine", until: claimedUntil };
  return { kind: "theirs", by: claimedBy };
}

/** When a key or the mouse was last used. */
function useTouched() {
  const at = useRef(0);
  useEffect(() => {
    const touch = (): void => {
      at.current = performance.now();
    };
    touch();
    const kinds = ["keydown", "pointerdown", "pointermove", "wheel"] as const;
    for (const kind of kinds) document.addEventListener(kind, touch, { passive: true });
    return () => {
      for (const kind of kinds) document.removeEventListener(kind, touch);
    };
  }, []);
  return at;
}
