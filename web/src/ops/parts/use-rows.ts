"use client";

import { useEffect, useState } from "react";
import { useKeys } from "../frame/keys.ts";

/** Which row each list was left at, so that coming back goes on from there. */
const leftAt = new Map<string, string>();

/**
 * Moves through a list by j and k: the row's link gets the focus, so Enter opens it. The row that keys act on is kept
 * by its key, whatever comes before it meanwhile.
 */
export function useRows(list: string, keys: readonly string[]) {
  const [chosen, setChosen] = useState<string | null>(null);
  const kept = chosen ?? leftAt.get(list) ?? null;
  const current = kept !== null && keys.includes(kept) ? kept : null;
  const choose = (key: string): void => {
    leftAt.set(list, key);
    setChosen(key);
  };
  const move = (by: 1 | -1): void => {
    const at = current === null ? (by === 1 ? -1 : keys.length) : keys.indexOf(current);
    const next = keys[Math.min(Math.max(at + by, 0), keys.length - 1)];
    if (next === undefined) return;
    choose(next);
    focusRow(next);
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    Enter: (event) => {
      // On a link or a button Enter is the browser's own.
      if (current === null || (event.target instanceof HTMLElement && event.target.closest("a, button") !== null))
        return;
      rowLink(current)?.click();
    },
  });
  const first = keys[0];
  useEffect(() => {
    // Coming back to a list goes on where it was left.
    const at = leftAt.get(list);
    if (first !== undefined && at !== undefined && document.activeElement === document.body) focusRow(at);
  }, [list, first]);
  return { current, choose };
}

function rowLink(key: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"] [data-row-link]`);
}

function focusRow(key: string): void {
  const link = rowLink(key);
  link?.focus({ preventScroll: true });
  link?.closest("tr")?.scrollIntoView({ block: "nearest" });
}
