/**
 * Gives up on work that takes longer than it may, or that nobody waits for any more. `AbortSignal.any` says the same in
 * a line, and is younger than the oldest browsers that the shop serves (Firefox 120).
 *
 * @throws DOMException TimeoutError when the time is over; the given signal's reason when that was aborted
 */
export async function within<Result>(
  timeMs: number,
  given: AbortSignal | null | undefined,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const ending = new AbortController();
  const leave = (): void => ending.abort(given?.reason);
  const timer = setTimeout(() => ending.abort(new DOMException(`no answer in ${timeMs} ms`, "TimeoutError")), timeMs);
  if (given?.aborted === true) leave();
  given?.addEventListener("abort", leave, { once: true });
  try {
    return await work(ending.signal);
  } catch (error) {
    // Whatever the browser makes of it: a call that was too slow is told from one that was called off by its reason.
    throw ending.signal.aborted ? ending.signal.reason : error;
  } finally {
    clearTimeout(timer);
    given?.removeEventListener("abort", leave);
  }
}
