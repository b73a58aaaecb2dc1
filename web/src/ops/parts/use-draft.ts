"use client";

import { useEffect, useRef } from "react";
import type { Fields } from "#web/ui/use-fields.ts";

/**
 * Keeps what is typed into a form in this tab until it is sent: a key pressed by accident, a reload or an ended session
 * loses none of it. Answers what throws it away.
 */
export function useDraft<Name extends string>(key: string, fields: Fields<Name>): () => void {
  const place = `muse_desk:${key}`;
  const isFilled = useRef(false);
  const { fill, values } = fields;
  const text = JSON.stringify(values);
  useEffect(() => {
    if (!isFilled.current) {
      isFilled.current = true;
      const kept = read(place);
      if (kept !== null) return fill(kept as Partial<Record<Name, string>>);
    }
    write(place, text);
    return undefined;
    // `fill` is another function with every render, and does the same.
  }, [place, text]);
  return () => {
    isFilled.current = true;
    write(place, null);
  };
}

function read(place: string): Record<string, string> | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(place) ?? "null") as unknown;
    return typeof kept === "object" ? (kept as Record<string, string> | null) : null;
  } catch {
    return null;
  }
}

function write(place: string, text: string | null): void {
  try {
    if (text === null) sessionStorage.removeItem(place);
    else sessionStorage.setItem(place, text);
  } catch {
    // A tab that keeps nothing still sends.
  }
}
