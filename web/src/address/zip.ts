import { useSyncExternalStore } from "react";

/** The ZIP code that estimates are made for: written once, kept in this browser. */
const storageKey = "muse_zip";

/** What was written in this visit, for a browser that keeps nothing. */
let written: string | null = null;
const listeners = new Set<() => void>();

export function readZip(): string | null {
  try {
    const kept = typeof window === "undefined" ? null : localStorage.getItem(storageKey);
    return kept !== null && isZip(kept) ? kept : written;
  } catch {
    return written;
  }
}

export function keepZip(zip: string): void {
  written = zip;
  try {
    localStorage.setItem(storageKey, zip);
  } catch {
    // It is asked again at the next visit.
  }
  for (const tell of listeners) tell();
}

/** The ZIP code as it is now, whoever on the page wrote it; null in what the server draws. */
export function useZip(): string | null {
  return useSyncExternalStore(listen, readZip, () => null);
}

export function isZip(text: string): boolean {
  return /^\d{5}$/.test(text);
}

function listen(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}
