import { useEffect, useRef, type RefObject } from "react";

let isWanted = false;

/** The button that is pressed goes with its page: the list's title has the focus once the list is there. */
export function focusListTitle(): void {
  isWanted = true;
}

/** For the list's title, which takes the focus where it was asked to, once. */
export function useListTitle(): RefObject<HTMLHeadingElement | null> {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isWanted) title.current?.focus();
    isWanted = false;
  }, []);
  return title;
}
