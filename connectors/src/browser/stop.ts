import type { PlaceOutcome, RefusalReason, UnavailableReason } from "../port.ts";

export type Ending = Exclude<PlaceOutcome, { kind: "placed" }>;

/**
 * How a recipe ends before its last line. It is thrown so that a recipe reads as the steps that a person would take,
 * and caught in one place (visits.ts), which makes it the outcome.
 */
export class Stop extends Error {
  override readonly name = "Stop";
  readonly ending: Ending;
  constructor(ending: Ending, cause?: unknown) {
    super(ending.kind === "unknown" ? ending.detail : `${ending.reason}: ${ending.detail}`, { cause });
    this.ending = ending;
  }
}

/** The store says no by name, and nothing was ordered. */
export function refused(reason: RefusalReason, detail: string): Stop {
  return new Stop({ kind: "refused", reason, detail });
}

/** Nothing was submitted. */
export function unavailable(reason: UnavailableReason, detail: string, retryAfterMs: number | null = null): Stop {
  return new Stop({ kind: "unavailable", reason, detail, retryAfterMs });
}

/** The button was pressed, and what came of it is not known. */
export function unknown(detail: string, cause?: unknown): Stop {
  return new Stop({ kind: "unknown", detail }, cause);
}
