import { OutboundError, type Connector, type Http, type StoreAccess } from "@muse/connectors/port";
import { must } from "#kernel/assert.ts";
import type { Clock } from "#kernel/clock.ts";
import { openCredential, type MasterKey } from "#rooms/store";

/** A store as a claim hands it over, its credential still sealed. */
export type SealedStore = {
  readonly storeId: string;
  readonly connector: string | null;
  readonly baseUrl: string | null;
  readonly wrappedKey: Buffer | null;
  readonly sealed: Buffer | null;
  readonly masterKeyId: string | null;
};

export type StoreCallDeps = {
  /** Every connector by the name that a tier gives. */
  readonly connectors: Readonly<Record<string, Connector>>;
  readonly http: Http;
  readonly masterKey: MasterKey;
  readonly clock: Clock;
};

export type OpenedStore =
  | { readonly kind: "opened"; readonly connector: Connector; readonly access: StoreAccess }
  | { readonly kind: "no_connector" }
  | { readonly kind: "credentials" };

/** Finds a store's connector and opens its credential, which lives no longer than the call that needs it (P4). */
export function openStore({ connectors, masterKey }: StoreCallDeps, store: SealedStore): OpenedStore {
  const connector = named(connectors, store.connector);
  if (connector === undefined || store.baseUrl === null) return { kind: "no_connector" };
  const access = openAccess(masterKey, { ...store, baseUrl: store.baseUrl }, "api");
  return access === null ? { kind: "credentials" } : { kind: "opened", connector, access };
}

/** What a tier names, or nothing: names come from a table that people fill in. */
export function named<T>(all: Readonly<Record<string, T>>, name: string | null): T | undefined {
  return name !== null && Object.hasOwn(all, name) ? all[name] : undefined;
}

/** Where a store is and what one signs in with there; null for a credential that does not open. */
export function openAccess(
  masterKey: MasterKey,
  { storeId, baseUrl, sealed, wrappedKey, masterKeyId }: SealedStore & { readonly baseUrl: string },
  purpose: "api" | "headless",
): StoreAccess | null {
  if (sealed === null) return { storeId, baseUrl, credentials: {} };
  const opened = openCredential(
    masterKey,
    { storeId, purpose },
    {
      sealed,
      wrappedKey: must(wrappedKey, "openAccess: a credential comes whole"),
      masterKeyId: must(masterKeyId, "openAccess: a credential comes whole"),
    },
  );
  if (opened.kind !== "opened") return null;
  return { storeId, baseUrl, credentials: JSON.parse(opened.text) as Record<string, string> };
}

export type Deadline = { readonly leftMs: () => number };

/** A moment to count a deadline from, by both of this machine's clocks. */
export type Moment = { readonly monotonicMs: number; readonly wallMs: number };

export function momentOf(clock: Clock): Moment {
  return { monotonicMs: performance.now(), wallMs: clock.now().getTime() };
}

/**
 * So many milliseconds after a moment, by the monotonic clock, which nobody sets, and by the wall's, which goes on
 * while the machine sleeps. Whichever is further counts, so that a process that was stopped never presses a button
 * too late.
 */
export function deadlineAfter(from: Moment, ms: number, clock: Clock): Deadline {
  return {
    leftMs: () => {
      const now = momentOf(clock);
      return ms - Math.max(now.monotonicMs - from.monotonicMs, now.wallMs - from.wallMs);
    },
  };
}

/**
 * `http` that refuses to send anything past the deadline, and waits for no answer beyond it. This is the fence on our
 * side: another attempt can only start after the deadline, so an attempt that is over cannot submit any more (O3).
 */
export function withinDeadline(http: Http, deadline: Deadline): Http {
  return async (request) => {
    const leftMs = deadline.leftMs();
    if (leftMs <= 0) throw new OutboundError("the attempt's time was over before this request", { submitted: false });
    return await http({ ...request, timeoutMs: Math.max(1, Math.min(request.timeoutMs, Math.floor(leftMs))) });
  };
}

/** The promise's value, or `late` when it takes longer: for calls that should have kept a deadline and did not. */
export async function orLate<T, L>(promise: Promise<T>, ms: number, late: L): Promise<T | L> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<L>((resolve) => {
    timer = setTimeout(() => resolve(late), ms);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
