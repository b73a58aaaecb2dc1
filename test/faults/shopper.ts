import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { readEvents, type Told } from "./event-stream.ts";

/** What the API said: `data` where it did what was asked, `code` where it refused. */
export type Said = {
  readonly status: number;
  readonly code: string | null;
  readonly data: unknown;
  readonly details: Readonly<Record<string, unknown>>;
};

/** The API said something that no journey expects here. */
export class JourneyError extends Error {
  override readonly name = "JourneyError";
}

export type Call = {
  readonly body?: unknown;
  /** Sends the call once: whoever sent it has gone away, and nobody hears the answer. */
  readonly isForgotten?: boolean;
};

/** One person's app: it keeps the token it was given, and repeats what was not answered until it is. */
export type Shopper = {
  /** The call's last word, a refusal too. Repeats carry the same key, as the same wish must not be done twice. */
  readonly ask: (request: string, call?: Call) => Promise<Said>;
  /** Asks for what must work. @throws JourneyError where it does not */
  readonly get: <Data>(request: string, body?: unknown) => Promise<Data>;
  /**
   * Stands open on a session and hears each of its states, come what may, until it has heard enough.
   *
   * @throws JourneyError where that takes too long
   */
  readonly follow: (sessionId: string, onEvent: (told: Told) => boolean) => Promise<void>;
  /** What it was last told to come back for; null: it waits for nothing but an answer. */
  readonly waitsFor: () => string | null;
};

/** An app gives up after a while; by then everything must have been back for long. */
const patienceMs = 40_000;
const answerMsMax = 20_000;
const pauseMs = 80;

/** Refusals that only mean "not now". */
const passingCodes = ["idempotency_in_progress", "rate_limited"];

export function newShopper(apiUrl: string, token?: string): Shopper {
  let bearer = token;
  let waitsFor: string | null = null;

  const once = async (request: string, key: string, { body }: Call): Promise<Said | null> => {
    const [method = "GET", path = "/"] = request.split(" ");
    try {
      const response = await fetch(new URL(path, apiUrl), {
        method,
        headers: {
          ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
          ...(method === "POST" ? { "idempotency-key": key } : {}),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(answerMsMax),
      });
      const said = saidIn(response.status, await response.text());
      bearer ??= response.headers.get("set-auth-token") ?? undefined;
      return said;
    } catch {
      return null;
    }
  };

  const ask = async (request: string, call: Call = {}): Promise<Said> => {
    const key = randomUUID();
    const deadlineMs = performance.now() + patienceMs;
    for (;;) {
      const said = await once(request, key, call);
      waitsFor = said !== null && isPassing(said) ? said.code : null;
      if (said !== null && !isPassing(said)) return said;
      if (call.isForgotten === true) return said ?? { status: 0, code: "no_answer", data: null, details: {} };
      if (performance.now() > deadlineMs) {
        throw new JourneyError(
          `${request} was not answered for ${patienceMs / 1000} s (last: ${said?.code ?? "nothing"})`,
        );
      }
      await delay(pauseMs);
    }
  };
  const follow: Shopper["follow"] = async (sessionId, onEvent) => {
    const url = new URL(`/api/v1/checkout/sessions/${sessionId}/events`, apiUrl);
    const signal = AbortSignal.timeout(patienceMs);
    let seenId = "";
    const hear = (told: Told, id: string): boolean => {
      seenId = id;
      return onEvent(told);
    };
    while ((await readEvents({ url, bearer: bearer ?? "", seenId, signal, onEvent: hear })) === "broken") {
      if (signal.aborted) throw new JourneyError(`${url.pathname} did not tell of an end in ${patienceMs / 1000} s`);
      await delay(pauseMs);
    }
  };

  return {
    ask,
    follow,
    get: async <Data>(request: string, body?: unknown) => {
      const said = await ask(request, { body });
      if (said.code === null) return said.data as Data;
      throw new JourneyError(`${request} was refused: ${said.status} ${said.code} ${JSON.stringify(said.details)}`);
    },
    waitsFor: () => waitsFor,
  };
}

function isPassing({ status, code }: Said): boolean {
  return status >= 500 || (code !== null && passingCodes.includes(code));
}

function saidIn(status: number, text: string): Said {
  const body = JSON.parse(text) as {
    readonly data?: unknown;
    readonly error?: { readonly code: string; readonly details?: Readonly<Record<string, unknown>> };
  };
  return { status, code: body.error?.code ?? null, data: body.data ?? null, details: body.error?.details ?? {} };
}
