"use client";

import type { Session, SessionEvent } from "@muse/contracts/checkout";
import { useQuery, useQueryClient, type QueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useEffect } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { followEvents } from "#web/api/event-stream.ts";
import type { LiveOrder } from "./live-order.ts";

/** Of every form: each keeps its session under its own path below this. */
export const openSessionKey = ["checkout", "open-session"] as const;
export const sessionKey = (sessionId: string) => ["checkout", "session", sessionId] as const;

/** Shows a session as it has just been answered, in the form that is about it and in no other. */
export function showSession(client: QueryClient, next: Session): void {
  client.setQueriesData<Session>({ queryKey: openSessionKey }, (now) =>
    now?.sessionId === next.sessionId ? next : undefined,
  );
}

/** One session by its id, read again every so often while something may still move in it. */
function useSession(sessionId: string, pollMs: number | false): UseQueryResult<Session> {
  return useQuery({
    queryKey: sessionKey(sessionId),
    queryFn: () => call(api.GET("/api/v1/checkout/sessions/{sessionId}", { params: { path: { sessionId } } })),
    staleTime: 1_000,
    refetchInterval: pollMs,
    refetchOnWindowFocus: true,
  });
}

const eventKey = (sessionId: string) => ["checkout", "event", sessionId] as const;

/**
 * Follows a session by server-sent events. Each event is the whole state, so a lost connection loses nothing; while
 * there is none, `useSession` polls.
 */
function useSessionEvents(sessionId: string): { readonly event: SessionEvent | null; readonly atMs: number } {
  const client = useQueryClient();
  const { data, dataUpdatedAt } = useQuery<SessionEvent | null>({
    queryKey: eventKey(sessionId),
    queryFn: () => null,
    enabled: false,
    initialData: null,
    initialDataUpdatedAt: 0,
  });
  useEffect(
    () =>
      followEvents(`/api/v1/checkout/sessions/${encodeURIComponent(sessionId)}/events`, (source) => {
        source.addEventListener("session", ({ data: text }: MessageEvent<string>) => {
          client.setQueryData(eventKey(sessionId), JSON.parse(text) as SessionEvent);
          void client.invalidateQueries({ queryKey: sessionKey(sessionId) });
        });
      }),
    [client, sessionId],
  );
  return { event: data, atMs: dataUpdatedAt };
}

export type LiveSession = {
  readonly session: Session;
  readonly orders: readonly LiveOrder[];
  readonly payment: Session["payment"];
  readonly status: Session["status"];
  readonly isPaid: boolean;
};

type Live = Pick<UseQueryResult, "error" | "refetch" | "isFetching"> & { readonly live: LiveSession | undefined };

/** A session as it stands now: what was read, brought up to date by what the stream has told since. */
export function useLiveSession(sessionId: string, pollMs: number): Live {
  const { data: session, dataUpdatedAt, error, refetch, isFetching } = useSession(sessionId, pollMs);
  const { event, atMs } = useSessionEvents(sessionId);
  if (session === undefined) return { live: undefined, error, refetch, isFetching };
  // Each event has the session read again, so whichever came last is the newer one, also where the stream has broken
  // off.
  const { status, payment, orders } = event !== null && atMs > dataUpdatedAt ? event : session;
  const isPaid = payment === "paid" || payment === "refunded";
  return { live: { session, orders, payment, status, isPaid }, error, refetch, isFetching };
}
