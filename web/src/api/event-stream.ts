/** After a refusal; each one in a row doubles it. */
const againMs = 5_000;
const againMsMax = 300_000;

/**
 * Follows a stream of events until the returned function is called. A browser opens a stream that broke off again by
 * itself, but gives up for good on one that was refused, be it for a moment (429, 503); that one is asked for again
 * here, ever more rarely.
 * @param listen is called with each stream that is opened, to add its listeners
 */
export function followEvents(url: string, listen: (source: EventSource) => void): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitMs = againMs;
  const open = (): void => {
    const opened = new EventSource(url);
    opened.addEventListener("open", () => {
      waitMs = againMs;
    });
    opened.addEventListener("error", () => {
      if (opened.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, waitMs);
      waitMs = Math.min(2 * waitMs, againMsMax);
    });
    listen(opened);
    source = opened;
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
