/** One kind of background work, named `<room>.<verb>`. Its payload holds ids alone, never anything personal (P1). */
export type Job = {
  readonly name: string;
  /**
   * Does the work; throwing means "again later" (with backoff). It must be safe to run twice: the queue is a doorbell,
   * the tables say what is to be done.
   */
  readonly run: (payload: unknown, signal: AbortSignal) => Promise<void>;
};
