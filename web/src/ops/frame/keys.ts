"use client";

import { useEffect, useRef } from "react";

export type KeyBindings = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/**
 * Single keys of the desk, by the letter that is on them. They do nothing while something is being written, a dialog
 * is open, or a modifier is held: no letter that belongs into a field ever does anything else.
 */
export function useKeys(bindings: KeyBindings): void {
  const current = useRef(bindings);
  useEffect(() => {
    current.current = bindings;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (isWriting(event.target) || document.querySelector('[role="dialog"], dialog[open]') !== null) return;
      current.current[letterOf(event)]?.(event);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}

/** Whether a letter typed there is text, or chooses something. */
export function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || isTextInput(target);
}

function isTextInput(target: HTMLElement): boolean {
  return target instanceof HTMLInputElement && !["checkbox", "button", "submit"].includes(target.type);
}

/** With a Korean keyboard switched on, the key of `j` says "ㅓ" or "Process"; where it lies does not change. */
export function letterOf({ key, code }: Pick<KeyboardEvent, "key" | "code">): string {
  if (/^[\u0021-\u007e]$/.test(key)) return key;
  return /^Key[A-Z]$/.test(code) ? code.slice(3).toLowerCase() : key;
}
