/** The ZIP code that estimates are made for: written once, kept in this browser. */
const storageKey = "muse_zip";

export function readZip(): string | null {
  try {
    const kept = typeof window === "undefined" ? null : localStorage.getItem(storageKey);
    return kept !== null && isZip(kept) ? kept : null;
  } catch {
    return null;
  }
}

export function keepZip(zip: string): void {
  try {
    localStorage.setItem(storageKey, zip);
  } catch {
    // It is asked again at the next visit.
  }
}

export function isZip(text: string): boolean {
  return /^\d{5}$/.test(text);
}
