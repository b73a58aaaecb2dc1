import type { Listener } from "#platform/db/listen.ts";

export type DeskWatch = {
  /** Calls `onMove` for each thing that moved: an order's number where its task did, else null. */
  readonly hear: (onMove: (orderNumber: string | null) => void) => () => void;
  /** From here on commits are heard of at once; before, and while the connection is down, desks look by themselves. */
  readonly follow: (listener: Pick<Listener, "listen">) => Promise<void>;
};

/** One LISTEN for the whole process, however many desks are open. */
export function openDeskWatch(): DeskWatch {
  const desks = new Set<(orderNumber: string | null) => void>();
  return {
    hear: (onMove) => {
      desks.add(onMove);
      return () => desks.delete(onMove);
    },
    follow: async (listener) => {
      await listener.listen("muse_desk", (payload) => {
        const [what = "", of = ""] = payload.split(" ", 2);
        for (const onMove of desks) onMove(what === "task" ? of : null);
      });
    },
  };
}
