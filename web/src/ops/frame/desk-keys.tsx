"use client";

import { usePathname, useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { isWriting, useKeys } from "./keys.ts";
import { KeysHelp } from "./keys-help.tsx";
import { parentOf, places } from "./places.ts";

/** So long after `g` a letter still names a place. */
const chordMs = 1_500;

/** The field that `/` goes to. */
export const searchId = "desk-search";

/** The keys that hold on every page of the desk, and the list of all of them. */
export function DeskKeys() {
  const router = useRouter();
  const pathname = usePathname();
  const back = useBack(pathname);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const goUntil = useRef(0);
  const goOr = (key: string): void => {
    const place = places.find((each) => each.key === key);
    if (place !== undefined && performance.now() < goUntil.current) router.push(place.href);
    goUntil.current = 0;
  };
  useLeaveField();
  useKeys({
    ...Object.fromEntries(places.map(({ key }) => [key, () => goOr(key)])),
    g: () => {
      goUntil.current = performance.now() + chordMs;
    },
    "?": () => setHelpOpen(true),
    "/": (event) => {
      event.preventDefault();
      document.getElementById(searchId)?.focus();
    },
    Escape: back,
  });
  return <KeysHelp isOpen={isHelpOpen} onOpenChange={setHelpOpen} />;
}

/** Back to where one came from within the desk, else to the list the page hangs in. */
function useBack(pathname: string): () => void {
  const router = useRouter();
  const came = useRef<{ last: string; count: number }>({ last: pathname, count: 0 });
  useEffect(() => {
    if (came.current.last !== pathname) came.current = { last: pathname, count: came.current.count + 1 };
  }, [pathname]);
  return () => {
    const parent = parentOf(pathname);
    if (parent === null) return;
    if (came.current.count > 0) router.back();
    else router.push(parent);
  };
}

/** Escape in a field leaves the field, and nothing else: what was written stays. */
function useLeaveField(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const { target } = event;
      if (event.key !== "Escape" || event.isComposing || !isWriting(target) || !(target instanceof HTMLElement)) return;
      if (target.closest('[role="dialog"]') !== null) return;
      event.preventDefault();
      target.blur();
    };
    document.addEventListener("keydown", press, { capture: true });
    return () => document.removeEventListener("keydown", press, { capture: true });
  }, []);
}
