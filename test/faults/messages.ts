/** Which messages left the programs, and at which of them one is to be killed. */

export const programNames = ["api", "worker"] as const;
export type ProgramName = (typeof programNames)[number];

/** One kind of message of one program: `sql checkout.placeStart`, `http POST /v1/refunds`. */
export type Message = { readonly program: ProgramName; readonly label: string };

/** The n-th of a kind that was about something. */
export type Point = Message & { readonly nth: number };

/** `before`: it never leaves. `after`: it is accepted and acted on, and its answer never arrives. */
export const cutModes = ["before", "after"] as const;
export type CutMode = (typeof cutModes)[number];

export type Cut = {
  readonly point: Point;
  readonly mode: CutMode;
  /**
   * Messages that are also sent when there is nothing to do; of these only the ones that found something are
   * counted.
   */
  readonly polls: ReadonlySet<string>;
  /**
   * What has to have happened before; null: nothing. Tells which of many polls is the one that would find something.
   */
  readonly after: Point | null;
};

export type Sent = Message & {
  /** Its answer said that there was nothing to do. */
  readonly isIdle: boolean;
};

export type Leaving = {
  /** Kill now: it must not leave. */
  readonly isCut: boolean;
  /** Keep its answer back until `answered` has spoken. */
  readonly isHeld: boolean;
  readonly entry: Message & { isIdle: boolean };
};

/** Told of every message by the proxies; they obey what it answers. */
export type Watch = {
  /** Just before a message is sent on. */
  readonly leaving: (message: Message) => Leaving;
  /** Its answer is here and nobody has seen it. @returns whether to kill instead of giving it */
  readonly answered: (leaving: Leaving, isIdle: boolean) => boolean;
  /** When the last message that was about something was seen; as `performance.now()`. */
  readonly busyAtMs: () => number;
  /** All that has left since the watch began, in order. */
  readonly sent: () => readonly Sent[];
  readonly isCut: () => boolean;
};

export const nameOf = ({ program, label }: Message): string => `${program} ${label}`;
export const pointName = (point: Point): string => `${nameOf(point)}#${point.nth}`;

export function newWatch(cut: Cut | null): Watch {
  const sent: Leaving["entry"][] = [];
  const counts = new Map<string, number>();
  let busyAtMs = performance.now();
  let isCut = false;
  const isPoll = (name: string): boolean => cut !== null && cut.polls.has(name);
  const countOf = (name: string): number => counts.get(name) ?? 0;
  const count = (name: string): void => void counts.set(name, countOf(name) + 1);
  const isTarget = (message: Message): boolean =>
    cut !== null && !isCut && message.program === cut.point.program && message.label === cut.point.label;
  const isTime = (): boolean => cut !== null && (cut.after === null || countOf(nameOf(cut.after)) >= cut.after.nth);

  return {
    leaving: (message) => {
      const name = nameOf(message);
      const entry = { ...message, isIdle: false };
      sent.push(entry);
      // Several of a kind may be under way at once: those that are no polls are counted as they leave.
      if (!isPoll(name)) count(name);
      if (cut === null || !isTarget(message)) return { isCut: false, isHeld: false, entry };
      const isNext = isPoll(name) ? countOf(name) === cut.point.nth - 1 && isTime() : countOf(name) === cut.point.nth;
      if (cut.mode === "before" && isNext) {
        isCut = true;
        return { isCut, isHeld: false, entry };
      }
      return { isCut: false, isHeld: cut.mode === "after" && (isPoll(name) || isNext), entry };
    },
    answered: ({ entry, isHeld }, isIdle) => {
      const name = nameOf(entry);
      entry.isIdle = isIdle;
      if (!isIdle) busyAtMs = performance.now();
      if (isPoll(name) && !isIdle) count(name);
      if (cut === null || !isHeld || !isTarget(entry)) return false;
      if (isPoll(name) && (isIdle || countOf(name) !== cut.point.nth)) return false;
      isCut = true;
      return true;
    },
    busyAtMs: () => busyAtMs,
    sent: () => sent,
    isCut: () => isCut,
  };
}

export type Plan = { readonly points: readonly Point[]; readonly polls: ReadonlySet<string> };

/** What a journey's undisturbed run sent, as the points at which its programs will be killed. */
export function planOf(sent: readonly Sent[]): Plan {
  const polls = new Set(sent.filter(({ isIdle }) => isIdle).map(nameOf));
  const counts = new Map<string, number>();
  const points = sent
    .filter(({ isIdle }) => !isIdle)
    .map(({ program, label }) => {
      const nth = (counts.get(nameOf({ program, label })) ?? 0) + 1;
      counts.set(nameOf({ program, label }), nth);
      return { program, label, nth };
    });
  return { points, polls };
}
