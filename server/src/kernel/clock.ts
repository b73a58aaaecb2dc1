/** Where a program reads the time. Injected, so that tests can hold it still and make it jump. */
export type Clock = { readonly now: () => Date };

export const systemClock: Clock = { now: () => new Date() };

export type ManualClock = Clock & {
  /** Moves the time by this much; negative is the clock jumping back. */
  readonly advance: (ms: number) => void;
  readonly set: (to: Date) => void;
};

/** A clock that stands still until told. */
export function manualClock(start: Date): ManualClock {
  let nowMs = start.getTime();
  return {
    now: () => new Date(nowMs),
    advance: (ms) => {
      nowMs += ms;
    },
    set: (to) => {
      nowMs = to.getTime();
    },
  };
}
