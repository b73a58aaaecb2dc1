export type Span = {
  readonly isOver: boolean;
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
};

const minuteMs = 60_000;

/** The time between two instants in whole minutes, cut into days, hours and minutes. */
export function spanOf(fromMs: number, toMs: number): Span {
  const isOver = toMs < fromMs;
  const whole = Math.floor(Math.abs(toMs - fromMs) / minuteMs);
  return { isOver, days: Math.floor(whole / 1440), hours: Math.floor(whole / 60) % 24, minutes: whole % 60 };
}
