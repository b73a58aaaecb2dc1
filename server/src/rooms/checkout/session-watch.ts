import type { Listener } from "#platform/db/listen.ts";

/**
 * What moved: "paid", "payment", "order", or the session's or a placement's new status. Null: we may have missed
 * some.
 */
export type Movement = string | null;

export type SessionWatch = {
  /** Calls `onMove` at every commit that moved the session, until the returned function is called. */
  readonly follow: (sessionId: string, onMove: (movement: Movement) => void) => () => void;
  /** After a lost connection: everybody looks for themselves. */
  readonly missed: () => void;
};

/** One LISTEN for the whole process, whoever waits: a page's event stream, or a place call. */
export async function openSessionWatch(listener: Listener): Promise<SessionWatch> {
  const followers = new Map<string, Set<(movement: Movement) => void>>();
  await listener.listen("muse_session", (payload) => {
    const [sessionId = "", movement = ""] = payload.split(" ", 2);
    for (const onMove of followers.get(sessionId) ?? []) onMove(movement);
  });
  return {
    follow: (sessionId, onMove) => {
      const known = followers.get(sessionId) ?? new Set();
      followers.set(sessionId, known.add(onMove));
      return () => {
        known.delete(onMove);
        if (known.size === 0) followers.delete(sessionId);
      };
    },
    missed: () => {
      for (const waiting of followers.values()) for (const onMove of waiting) onMove(null);
    },
  };
}
