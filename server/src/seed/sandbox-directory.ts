import { z } from "zod";
import { sleep } from "#kernel/backoff.ts";
import { ConfigError } from "#platform/config/config.ts";
import type { OutboundHttp } from "#platform/outbound/http.ts";

const Cents = z.int().min(0);

const ShippingOption = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  kind: z.enum(["flat", "per_item"]),
  amountCents: Cents,
  perItemCents: Cents,
  freeAboveCents: Cents.nullable(),
  daysMin: z.int().min(0),
  daysMax: z.int().min(0),
});

/** A partner's onboarding sheet: all that is needed to sell from a store. */
const StoreSheet = z.object({
  slug: z.string().regex(/^[a-z0-9-]{1,60}$/),
  name: z.string().min(1),
  description: z.string(),
  kind: z.literal("retailer"),
  currency: z.literal("USD"),
  homepage: z.url(),
  baseUrl: z.url(),
  credentials: z.record(z.string(), z.string()),
  webhookSecret: z.string().min(1),
  feedUrl: z.url(),
  returnPolicy: z.string(),
  /** The same in Korean, where the store has it. */
  texts: z.object({ ko: z.object({ description: z.string(), returnPolicy: z.string() }) }).optional(),
  shippingOptions: z.array(ShippingOption).min(1),
  tiers: z.array(z.object({ method: z.enum(["api", "headless", "manual"]), connector: z.string().nullable() })).max(9),
  priceMarginBp: z.int().min(0).max(5000),
});
export type StoreSheet = z.output<typeof StoreSheet>;

const Directory = z.object({ stores: z.array(StoreSheet).min(1) });

/** One answer may take this long; the sandbox needs milliseconds. */
const timeoutMs = 5_000;
const betweenTriesMs = 250;

/**
 * The sandbox's stores. Waits for a sandbox that is still starting, no longer than `waitMsMax`.
 *
 * @throws ConfigError when it does not answer, or not with a directory
 */
export async function readDirectory(
  http: OutboundHttp,
  sandboxUrl: string,
  waitMsMax: number,
): Promise<readonly StoreSheet[]> {
  const endsAt = performance.now() + waitMsMax;
  for (;;) {
    const leftMs = endsAt - performance.now();
    const text = await tryGet(http, `${sandboxUrl}/directory`, Math.max(1, Math.min(timeoutMs, leftMs)));
    if (text !== null) return directoryOf(text, sandboxUrl);
    if (leftMs <= betweenTriesMs) break;
    await sleep(betweenTriesMs);
  }
  throw new ConfigError(
    `The sandbox at ${sandboxUrl} does not answer. Start it first (npm start starts everything), or set SANDBOX_PORT to where it is.`,
  );
}

/** A store's goods, as unchecked as they came: whoever imports them checks them. */
export async function readFeed(http: OutboundHttp, { slug, feedUrl }: StoreSheet): Promise<unknown> {
  const text = await tryGet(http, feedUrl, timeoutMs);
  if (text === null) throw new ConfigError(`The feed of ${slug} at ${feedUrl} does not answer.`);
  return jsonOf(text);
}

function directoryOf(text: string, sandboxUrl: string): readonly StoreSheet[] {
  const read = Directory.safeParse(jsonOf(text));
  if (read.success) return read.data.stores;
  const where = read.error.issues[0]?.path.join(".") ?? "";
  throw new ConfigError(
    `What answers at ${sandboxUrl} is not this project's sandbox: its directory is not valid at "${where}".`,
  );
}

/** Null for no answer and for anything but a 200: both mean "not yet". */
async function tryGet(http: OutboundHttp, url: string, withinMs: number): Promise<string | null> {
  try {
    const { status, body } = await http({ method: "GET", url, timeoutMs: withinMs });
    return status === 200 ? body : null;
  } catch {
    return null;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
