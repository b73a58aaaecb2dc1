import pg from "pg";
import { backoffMs, sleep } from "#kernel/backoff.ts";
import { hasState } from "./query.ts";

export type ListenerOptions = {
  readonly connectionString: string;
  readonly applicationName: string;
  /** The connection was lost and is back: whatever was notified meanwhile is gone, so look at the tables. */
  readonly onReconnect: () => void;
  readonly onError?: (error: Error) => void;
};

export type Listener = {
  /** Calls `fn` with the payload of every notification on the channel. Answers the function that ends it. */
  readonly listen: (channel: string, fn: (payload: string) => void) => Promise<() => Promise<void>>;
  readonly close: () => Promise<void>;
};

/**
 * So long a program that starts waits for a database that is there and cannot answer yet: it is starting itself, or
 * the machine is so busy that our own start took longer than we wait for an answer. To end and be started again would
 * only make it busier.
 */
const firstWithinMs = 30_000;

/** Back within a quarter of a second after a blip, and no more than one try in five seconds while it is down. */
const betweenTries = { baseMs: 250, maxMs: 5000 };

/**
 * A connection of its own for LISTEN: one of a pool would be handed to somebody else. It comes back by itself; a
 * notification sent while it was away is lost, which is why nothing may rely on notifications alone.
 */
export async function openListener(options: ListenerOptions): Promise<Listener> {
  const subscriptions = new Map<string, Set<(payload: string) => void>>();
  const closing = new AbortController();
  let client = await patiently(connect);
  let healing: Promise<void> | undefined;

  async function connect(): Promise<pg.Client> {
    const fresh = new pg.Client({
      connectionString: options.connectionString,
      application_name: options.applicationName,
      connectionTimeoutMillis: 1500,
      // A peer that vanished without a word is noticed by the kernel's probes, not never.
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    });
    fresh.on("error", (error) => options.onError?.(error));
    fresh.on("notification", ({ channel, payload }) => {
      for (const fn of subscriptions.get(channel) ?? []) fn(payload ?? "");
    });
    await fresh.connect();
    for (const channel of subscriptions.keys()) await fresh.query(`listen ${fresh.escapeIdentifier(channel)}`);
    fresh.on("end", () => {
      if (!closing.signal.aborted) healing ??= heal();
    });
    return fresh;
  }

  async function heal(): Promise<void> {
    for (let attempt = 1; !closing.signal.aborted; attempt += 1) {
      try {
        await sleep(backoffMs(attempt, betweenTries), closing.signal);
        client = await connect();
        break;
      } catch (error) {
        if (!closing.signal.aborted && error instanceof Error) options.onError?.(error);
      }
    }
    healing = undefined;
    if (!closing.signal.aborted) options.onReconnect();
  }

  return {
    listen: async (channel, fn) => {
      const known = subscriptions.get(channel);
      if (known !== undefined) {
        known.add(fn);
      } else {
        subscriptions.set(channel, new Set([fn]));
        await healing;
        await client.query(`listen ${client.escapeIdentifier(channel)}`);
      }
      return async () => {
        const left = subscriptions.get(channel);
        left?.delete(fn);
        if (left?.size !== 0) return;
        subscriptions.delete(channel);
        await client.query(`unlisten ${client.escapeIdentifier(channel)}`).catch(() => undefined);
      };
    },
    close: async () => {
      closing.abort(new Error("listener closed"));
      await healing;
      await client.end();
    },
  };
}

async function patiently(connect: () => Promise<pg.Client>): Promise<pg.Client> {
  const deadlineMs = performance.now() + firstWithinMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await connect();
    } catch (error) {
      // What is refused (nobody there, a wrong password) is for whoever started us.
      if (!isBusy(error) || performance.now() > deadlineMs) throw error;
      await sleep(backoffMs(attempt, betweenTries));
    }
  }
}

/** No answer in time, cut off in the middle, or 57P03: starting up, shutting down, recovering. */
function isBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return hasState(error, "57P03") || /^(?:timeout expired|Connection terminated unexpectedly)$/.test(error.message);
}
