import { createHash } from "node:crypto";
import type { SessionEvent } from "@muse/contracts/checkout";
import type { Language } from "@muse/contracts/error";
import type { Pool } from "#platform/db/pool.ts";
import type { EventStream } from "#platform/http/event-stream.ts";
import { presentEvent, type SessionState } from "./present.ts";
import { readSession } from "./session-commands.ts";
import type { SessionWatch } from "./session-watch.ts";

export type StreamInput = {
  readonly sessionId: string;
  readonly accountId: string;
  readonly language: Language;
  /** The state that a page which comes back has seen (`Last-Event-ID`), or nothing. */
  readonly seenId: string;
};

/** Where the watch's word got lost on its way, a look of our own finds the change this much later at most. */
const lookAnywayMs = 5_000;

/** After this long the stream ends and the page opens another: bounds what a forgotten tab holds. */
const streamMsMax = 15 * 60_000;

/**
 * Sends the session's state now and after every commit that moves it, until it has ended or nobody listens. Each
 * event is the whole state, so one that was missed is made good by the next; an unchanged state is not sent again,
 * nor one that the page saw before it lost its connection.
 */
export async function streamSession(
  db: Pool,
  watch: SessionWatch,
  stream: EventStream,
  input: StreamInput,
): Promise<void> {
  let wake = (): void => undefined;
  const stop = watch.follow(input.sessionId, () => wake());
  const endsAtMs = performance.now() + streamMsMax;
  let { seenId } = input;
  try {
    while (!stream.signal.aborted && performance.now() < endsAtMs) {
      const moved = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const state = await readSession(db, input);
      if (state === null) return;
      const event = presentEvent(state, input.language);
      const id = idOf(event);
      if (id !== seenId && !stream.send("session", event, id)) return;
      seenId = id;
      if (isOver(state)) return;
      await movedOrGone(moved, stream.signal);
    }
  } finally {
    stop();
    stream.close();
  }
}

/** Whether a page that comes back has seen the last there is: it need not come again. */
export function hasSeenAll(state: SessionState, { language, seenId }: StreamInput): boolean {
  return isOver(state) && idOf(presentEvent(state, language)) === seenId;
}

/** A state is its own name: the same in every process, and nothing has to be remembered. */
function idOf(event: SessionEvent): string {
  return createHash("sha256").update(JSON.stringify(event)).digest("base64url").slice(0, 22);
}

/** Delivered orders move no more; everything before that may. */
function isOver({ session, orders }: SessionState): boolean {
  if (session.status === "cancelled" || session.status === "failed") return true;
  return (
    session.status === "completed" &&
    orders.every(({ status }) => ["delivered", "failed", "cancelled"].includes(status))
  );
}

async function movedOrGone(moved: Promise<void>, signal: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let onGone = (): void => undefined;
  const other = new Promise<void>((resolve) => {
    onGone = resolve;
    timer = setTimeout(resolve, lookAnywayMs);
    signal.addEventListener("abort", onGone, { once: true });
  });
  await Promise.race([moved, other]);
  clearTimeout(timer);
  signal.removeEventListener("abort", onGone);
}
