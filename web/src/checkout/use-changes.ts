"use client";

import type { Session } from "@muse/contracts/checkout";
import { useCallback, useEffect, useRef, useState } from "react";
import { readLocalCart, seePrice } from "#web/cart/index.ts";
import { changesBetween, changesSince, keyOf, mergeChanges, type Change } from "./changes.ts";

export type Changes = {
  /**
   * What the shopper has not answered yet; an empty list says that a refresh changed nothing, null that nothing is
   * to be said.
   */
  readonly list: readonly Change[] | null;
  readonly keep: (change: Change) => void;
  /** The shopper takes something out themselves: they need not be told of it. */
  readonly expectGone: (variantId: string) => void;
};

/**
 * What moved since the cart was last looked at, and since the session before this one. A product that is bought beside
 * the cart is compared to no cart.
 */
export function useChanges(session: Session | undefined, isOfCart: boolean): Changes {
  const before = useRef<Session>(undefined);
  const ownDoing = useRef(new Set<string>());
  const [list, setList] = useState<readonly Change[] | null>(null);
  useEffect(() => {
    if (session === undefined) return;
    const last = before.current;
    before.current = session;
    if (last === undefined) {
      const moved = isOfCart ? changesSince(readLocalCart(), session) : [];
      if (moved.length > 0) setList(moved);
      return;
    }
    if (last.sessionId === session.sessionId) return;
    const all = changesBetween(last, session);
    const found = all.filter(({ variantId }) => !ownDoing.current.has(variantId));
    const isOwn = found.length < all.length;
    ownDoing.current.clear();
    setList((known) => {
      const next = mergeChanges(known ?? [], found, session);
      return next.length === 0 && isOwn ? null : next;
    });
  }, [session, isOfCart]);

  const keep = useCallback((change: Change) => {
    const now = before.current?.cartSnapshot.stores.flatMap(({ items }) => items);
    const line = now?.find(({ variantId }) => variantId === change.variantId);
    if (line !== undefined) seePrice(line);
    setList((known) => {
      const rest = (known ?? []).filter((other) => keyOf(other) !== keyOf(change));
      return rest.length === 0 ? null : rest;
    });
  }, []);
  const expectGone = useCallback((variantId: string) => void ownDoing.current.add(variantId), []);
  return { list, keep, expectGone };
}
