import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { readEvents, type Told } from "../event-stream.ts";
import type { Random } from "./random.ts";

/** A call of one shopper as it went, with what the API said. Times are this machine's, in ms since 1970. */
export type Call = {
  readonly customer: string;
  /** "POST /api/v1/…" */
  readonly request: string;
  /** Which API process. */
  readonly api: string;
  readonly key: string | null;
  readonly beganMs: number;
  readonly endedMs: number;
  /** Null: nobody heard an answer. */
  readonly said: Said | null;
  /** The shopper did not wait for the answer. */
  readonly isForgotten: boolean;
};

export type Said = {
  readonly status: number;
  readonly code: string | null;
  readonly retryAfter: string | null;
  readonly data: unknown;
  readonly details: Readonly<Record<string, unknown>>;
};

export type Wish = {
  readonly body?: unknown;
  /** A key of the shopper's own choosing; null: none at all; left out: one for this wish. */
  readonly key?: string | null;
  /** Goes away after so long without having heard anything. */
  readonly leavesAfterMs?: number;
};

/** One person's app. It talks to whichever API process the balancer gives it, and repeats what was not answered. */
export type Customer = {
  readonly name: string;
  /** Sends it once. Null: no answer. */
  readonly once: (request: string, wish?: Wish) => Promise<Said | null>;
  /** Sends it until there is a word that means something. @throws ImpatienceError */
  readonly ask: (request: string, wish?: Wish) => Promise<Said>;
  /** Stands open on a session, at whichever API, for a while or until it has heard enough; each state is an answer. */
  readonly follow: (sessionId: string, isEnough: (told: Told) => boolean, msMax: number) => Promise<Told | null>;
  /** What must work. @throws StoryError when it is refused */
  readonly get: <Data>(request: string, body?: unknown) => Promise<Data>;
};

/** Something a shopper may well meet, and that ends their visit: sold out, declined for good. */
export class GoneError extends Error {
  override readonly name = "GoneError";
}

/** Something nobody may meet. */
export class StoryError extends Error {
  override readonly name = "StoryError";
}

/** Faults last ten seconds at most, a dead holder's idempotency key half a minute, a restart of PostgreSQL a few. */
const patienceMs = 120_000;

/** A place call waits for its stores for ten seconds; whatever takes this long hangs. */
export const answerMsMax = 40_000;

const pauseMs = { least: 60, most: 400 };

/** Refusals that only mean "not now". */
const passingCodes = ["idempotency_in_progress", "rate_limited"];

export type CustomerOptions = {
  readonly name: string;
  readonly apis: readonly { readonly name: string; readonly url: string }[];
  readonly random: Random;
  readonly note: (call: Call) => void;
  readonly token?: string;
};

export function newCustomer({ name, apis, random, note, token }: CustomerOptions): Customer {
  let bearer = token;

  const once = async (
    request: string,
    { body, key = randomUUID(), leavesAfterMs }: Wish = {},
  ): Promise<Said | null> => {
    const [method = "GET", path = "/"] = request.split(" ");
    const api = random.pick(apis);
    const sentKey = method === "POST" ? key : null;
    const beganMs = Date.now();
    let said: Said | null = null;
    try {
      const response = await fetch(new URL(path, api.url), {
        method,
        headers: headersOf(bearer, sentKey, body),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(leavesAfterMs ?? answerMsMax),
      });
      said = saidIn(response, await response.text());
      bearer ??= response.headers.get("set-auth-token") ?? undefined;
    } catch {
      // Refused, cut off or left: the call's own log entry says so.
    }
    const isForgotten = said === null && leavesAfterMs !== undefined;
    note({ customer: name, request, api: api.name, key: sentKey, beganMs, endedMs: Date.now(), said, isForgotten });
    return said;
  };

  const ask = async (request: string, wish: Wish = {}): Promise<Said> => {
    const key = wish.key === undefined ? randomUUID() : wish.key;
    const deadlineMs = performance.now() + patienceMs;
    for (;;) {
      const said = await once(request, { ...wish, key });
      if (said !== null && !isPassing(said)) return said;
      if (performance.now() > deadlineMs) {
        throw new StoryError(
          `${request} came to no end in ${patienceMs / 1000} s (last: ${said?.code ?? "no answer"})`,
        );
      }
      await delay(random.int(pauseMs.least, pauseMs.most));
    }
  };

  const get = async <Data>(request: string, body?: unknown): Promise<Data> => {
    const said = await ask(request, { body });
    if (said.code === null) return said.data as Data;
    throw new StoryError(`${request} was refused: ${said.status} ${said.code} ${JSON.stringify(said.details)}`);
  };
  return { name, once, ask, get, follow: following({ name, apis, random, note }, () => bearer ?? "") };
}

function following({ name, apis, random, note }: CustomerOptions, bearerNow: () => string): Customer["follow"] {
  return async (sessionId, isEnough, msMax) => {
    const path = `/api/v1/checkout/sessions/${sessionId}/events`;
    const signal = AbortSignal.timeout(msMax);
    const heard: { told: Told | null; seenId: string } = { told: null, seenId: "" };
    for (let how = "broken"; how === "broken" && !signal.aborted;) {
      const api = random.pick(apis);
      const onEvent = (told: Told, id: string): boolean => {
        Object.assign(heard, { told, seenId: id });
        const said: Said = { status: 200, code: null, retryAfter: null, data: told, details: {} };
        const at = { beganMs: Date.now(), endedMs: Date.now() };
        note({ customer: name, request: `GET ${path}`, api: api.name, key: null, ...at, said, isForgotten: false });
        return isEnough(told);
      };
      const { seenId } = heard;
      how = await readEvents({ url: new URL(path, api.url), bearer: bearerNow(), seenId, signal, onEvent });
      await delay(random.int(pauseMs.least, pauseMs.most));
    }
    return heard.told;
  };
}

function headersOf(bearer: string | undefined, key: string | null, body: unknown): Record<string, string> {
  return {
    ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
    ...(key === null ? {} : { "idempotency-key": key }),
    ...(body === undefined ? {} : { "content-type": "application/json" }),
  };
}

function isPassing({ status, code }: Said): boolean {
  return status >= 500 || (code !== null && passingCodes.includes(code));
}

function saidIn(response: Response, text: string): Said {
  const body = JSON.parse(text) as {
    readonly data?: unknown;
    readonly error?: { readonly code: string; readonly details?: Readonly<Record<string, unknown>> };
  };
  return {
    status: response.status,
    code: body.error?.code ?? (response.ok ? null : "unnamed"),
    retryAfter: response.headers.get("retry-after"),
    data: body.data ?? null,
    details: body.error?.details ?? {},
  };
}
