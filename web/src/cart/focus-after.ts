/** Marks what removes a line: `<button {...removesLine}>`. */
export const removesLine = { "data-removes-line": "" } as const;

/**
 * Moves on from a line that is about to go, to the next one's way out or else to the page's title; whoever goes by
 * keyboard or listens would be sent to the top of the page.
 */
export function focusAfter(pressed: HTMLElement, isByPointer: boolean): void {
  const page = pressed.closest("main");
  if (page === null) return;
  const all = [...page.querySelectorAll<HTMLElement>("[data-removes-line]")];
  const next = all[all.indexOf(pressed) + 1] ?? page.querySelector("h1");
  // Who points at something is looking at it.
  next?.focus({ preventScroll: isByPointer });
}
