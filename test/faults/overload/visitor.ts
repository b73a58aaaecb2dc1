import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Pool } from "undici";
import { pickBasket, type Catalogue } from "../../bench/catalogue.ts";
import { isStrange, type Heard, type Tally, type VisitEnd } from "./tally.ts";

export type Shop = {
  readonly api: Pool;
  readonly catalogue: Catalogue;
  readonly tally: Tally;
  /** Sessions that somebody was told are paid. */
  readonly paid: Set<string>;
};

/** Whoever was let in comes back when told to; for so long. */
const patienceMs = 60_000;

/** Longer than any answer may take: `place` waits ten seconds for its stores. */
const answerMsMax = 30_000;

const address = {
  name: "Robin Fielding",
  address1: "350 Fifth Avenue",
  city: "New York",
  state: "NY",
  zip: "10118",
  country: "US",
  email: "robin.fielding@example.com",
};

type Answer = Heard & { readonly data: unknown; readonly token: string | null };

/** A visitor nobody has seen: from an empty cart to a paid order, or turned away at the door. */
export async function visit(shop: Shop): Promise<void> {
  shop.tally.ended(await come(shop));
}

async function come({ api, catalogue, tally, paid }: Shop): Promise<VisitEnd> {
  let token: string | null = null;
  const deadlineMs = performance.now() + patienceMs;
  const ask = async (step: string, request: string, body: unknown): Promise<Answer | VisitEnd> => {
    const key = randomUUID();
    for (;;) {
      const heard = await once(api, { step, request, body, key, token });
      tally.note(heard);
      token ??= heard.token;
      if (heard.status >= 200 && heard.status < 300) return heard;
      if (isStrange(heard)) return "strange";
      if (step === "batch") return "turned_away";
      if (performance.now() > deadlineMs) return "left";
      await delay(Number(heard.retryAfter) * 1_000);
    }
  };
  const items = pickBasket(catalogue).map(({ productId, variantId }) => ({ productId, variantId, quantity: 1 }));
  const filled = await ask("batch", "POST /api/v1/cart/items/batch", { items });
  if (typeof filled === "string") return filled;
  const begun = await ask("session", "POST /api/v1/checkout/sessions", {});
  if (typeof begun === "string") return begun;
  const { sessionId } = begun.data as { readonly sessionId: string };
  const path = `/api/v1/checkout/sessions/${sessionId}`;
  const steps = [
    ["shipping", `PUT ${path}/shipping`, address],
    ["payment", `PUT ${path}/payment`, { paymentMethodId: "pm_card_visa" }],
    ["place", `POST ${path}/place`, {}],
  ] as const;
  for (const [step, request, body] of steps) {
    const said = await ask(step, request, body);
    if (typeof said === "string") return said;
    if (step === "place" && (said.data as { readonly payment: string }).payment === "paid") paid.add(sessionId);
  }
  return "bought";
}

type Call = {
  readonly step: string;
  readonly request: string;
  readonly body: unknown;
  readonly key: string;
  readonly token: string | null;
};

async function once(api: Pool, { step, request, body, key, token }: Call): Promise<Answer> {
  const [method = "GET", path = "/"] = request.split(" ");
  const beganMs = performance.now();
  const heardOf = (said: Omit<Answer, "step" | "ms">): Answer => ({ ...said, step, ms: performance.now() - beganMs });
  try {
    const {
      statusCode,
      headers,
      body: stream,
    } = await api.request({
      method,
      path,
      headers: {
        "content-type": "application/json",
        ...(method === "POST" ? { "idempotency-key": key } : {}),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
      headersTimeout: answerMsMax,
      bodyTimeout: answerMsMax,
    });
    const text = (await stream.json()) as { readonly data?: unknown; readonly error?: { readonly code: string } };
    return heardOf({
      status: statusCode,
      code: text.error?.code ?? null,
      retryAfter: headerOf(headers["retry-after"]),
      data: text.data ?? null,
      token: headerOf(headers["set-auth-token"]),
    });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return heardOf({ status: 0, code, retryAfter: null, data: null, token: null });
  }
}

function headerOf(value: string | string[] | undefined): string | null {
  return typeof value === "string" ? value : null;
}
