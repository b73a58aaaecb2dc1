import { useSyncExternalStore } from "react";

/** Whether the page's script has taken over; false in what the server writes and in the first drawing of it. */
export function useIsLive(): boolean {
  return useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  );
}
