/** Counts what each visitor asks for; a stranger, who has no cookie yet, is counted by address. */
export type PageCount = {
  /** Seconds to wait, when this one was too many; else 0. */
  count(sessionId: string | undefined, address: string, nowMs: number): number;
};

const windowMs = 10_000;
/** Many people may share an address. */
const strangersMax = 240;
/** So that a crawl which throws its cookies away fills no memory: then everybody starts again. */
const visitorsMax = 10_000;

export function openPageCount(pagesMax: number): PageCount {
  const windows = new Map<string, { startMs: number; pages: number }>();
  return {
    count(sessionId, address, nowMs) {
      if (windows.size > visitorsMax) windows.clear();
      const key = sessionId ?? `at ${address}`;
      const found = windows.get(key);
      if (found === undefined || nowMs - found.startMs >= windowMs) {
        windows.set(key, { startMs: nowMs, pages: 1 });
        return 0;
      }
      found.pages += 1;
      const isTooMany = found.pages > (sessionId === undefined ? strangersMax : pagesMax);
      return isTooMany ? Math.max(1, Math.ceil((found.startMs + windowMs - nowMs) / 1000)) : 0;
    },
  };
}
