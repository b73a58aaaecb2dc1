import type { Language } from "@muse/contracts/error";
import type { Pool } from "#platform/db/pool.ts";
import type { EventStream } from "#platform/http/event-stream.ts";
import { presentEvent, type SessionState } from "./present.ts";
import { readSession } from "./session-commands.ts";
import type { SessionWatch } from "./session-watch.ts";

export type StreamInput = { readonly sessionId: string; readonly accountId: string; readonly language: Language };

/** Where the watch's word got lost on its way, a look of our own finds the change this much later at most. */
const lookAnywayMs = 5_000;

/** After this long the stream ends and the page opens another: bounds what a forgotten tab holds. */
const streamMsMax = 15 * 60_000;

/**
 * Sends the session's state now and after every commit that moves it, until it has ended or nobody listens. Each event
 * is the whole state, so one that was missed is made good by the next; an unchanged state is not sent again.
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
  let sent = "";
  try {
    while (!stream.signal.aborted && performance.now() < endsAtMs) {
      const moved = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const state = await readSession(db, input);
      if (state === null) return;
      const event = presentEvent(state, input.language);
      const text = JSON.stringify(event);
      if (text !== sent && !stream.send("session", event)) return;
      sent = text;
      if (isOver(state)) return;
      await movedOrGone(moved, stream.signal);
    }
  } finally {
    stop();
    stream.close();
  }
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
