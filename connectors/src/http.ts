import { lookup, type LookupAddress, type LookupAllOptions } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { Agent, request as send, type Dispatcher } from "undici";

import { OutboundError, type Http, type HttpRequest } from "./port.ts";

/** An order's answer is a few kilobytes; whoever sends a megabyte is broken or hostile. */
const orderBytesMax = 1024 * 1024;
/** A healthy store accepts a connection in well under a second; a short limit makes "not submitted" knowable. */
const connectTimeoutMs = 3_000;

/**
 * `Http` over kept-alive connections of this process. The deadline covers everything from connecting to the last byte.
 * Redirects are answers like any other: an order must never be sent on to where nobody asked for it.
 * @throws OutboundError with `submitted: false` only when no connection could be made
 */
export const nodeHttp: Http = createHttp({ connectTimeoutMs });

export type HttpOptions = {
  readonly connectTimeoutMs: number;
  /** The most that is read of an answer; an order's by default. */
  readonly bodyBytesMax?: number;
  /** `latin1`: a character for each byte, for bodies that are not UTF-8 or not text yet. */
  readonly bodyEncoding?: "utf8" | "latin1";
  /** How names are looked up; the system's own way by default. */
  readonly lookUpName?: NameLookUp;
  /**
   * Which addresses may be connected to. Asked of what a name resolves to at the moment of connecting, so that another
   * answer of the resolver changes nothing. Left out: all.
   */
  readonly isAddressAllowed?: (address: string) => boolean;
};

/** As `node:dns` looks a name up, asked for all its addresses. */
export type NameLookUp = (
  hostname: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** The same with other limits; each call has a pool of connections of its own. */
export function createHttp(options: HttpOptions): Http {
  const { connectTimeoutMs: timeout, isAddressAllowed, lookUpName } = options;
  const dispatcher = new Agent({
    connect: {
      timeout,
      ...(isAddressAllowed === undefined ? {} : { lookup: lookupAllowed(isAddressAllowed, lookUpName) }),
    },
    keepAliveTimeout: 4_000,
    pipelining: 1,
    // Both are left to the one deadline of each request.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return async (request) => {
    const address = addressIn(request.url);
    if (address !== null && isAddressAllowed?.(address) === false) throw closedAddress();
    return await exchange(dispatcher, request, options);
  };
}

/** An address that stands in the URL itself is never looked up. The URL's own parser has undone every disguise. */
function addressIn(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const host = new URL(url).hostname.replace(/^\[|\]$/g, "");
  return isIP(host) === 0 ? null : host;
}

/** A resolver that knows only allowed addresses; where there are none it fails as if the name led nowhere. */
export function lookupAllowed(
  isAddressAllowed: (address: string) => boolean,
  lookUpName: NameLookUp = lookup,
): LookupFunction {
  return (hostname, options, done) => {
    lookUpName(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return done(error, "");
      const allowed = addresses.filter(({ address }) => isAddressAllowed(address));
      const [first] = allowed;
      if (first === undefined) return done(closedAddress(), "");
      return options.all === true ? done(null, allowed) : done(null, first.address, first.family);
    });
  };
}

function closedAddress(): OutboundError {
  return new OutboundError("the address is not on the open internet", { submitted: false, reason: "address_closed" });
}

async function exchange(dispatcher: Dispatcher, request: HttpRequest, options: HttpOptions): ReturnType<Http> {
  if (!/^https?:/i.test(request.url) || !URL.canParse(request.url))
    throw new OutboundError("the address is no URL", { submitted: false });
  const signal = AbortSignal.timeout(request.timeoutMs);
  try {
    const { statusCode, headers, body } = await send(request.url, {
      dispatcher,
      method: request.method,
      headers: request.headers ?? {},
      body: request.body ?? null,
      signal,
    });
    return { status: statusCode, headers: flatten(headers), body: await readBounded(body, options) };
  } catch (cause) {
    if (cause instanceof OutboundError) throw cause;
    if (cause instanceof Error && cause.cause instanceof OutboundError) throw cause.cause;
    // The host alone: an error's message must hold nothing of an order.
    throw new OutboundError(`no answer from ${new URL(request.url).host}`, {
      submitted: !neverConnected(cause),
      reason: signal.aborted || isConnectTimeout(cause) ? "timed_out" : "no_answer",
      cause,
    });
  }
}

async function readBounded(
  body: Dispatcher.ResponseData["body"],
  { bodyBytesMax = orderBytesMax, bodyEncoding = "utf8" }: HttpOptions,
): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bodyBytesMax) {
      body.destroy();
      throw new OutboundError("the answer is larger than any answer should be", {
        submitted: true,
        reason: "too_large",
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString(bodyEncoding);
}

function flatten(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Readonly<Record<string, string>> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = typeof value === "string" ? value : value.join(", ");
  }
  return flat;
}

/**
 * Codes that only come up before a connection stands. ECONNRESET and its like are not among them: bytes may have
 * left.
 */
const connectCodes: readonly string[] = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"];

function isConnectTimeout(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "UND_ERR_CONNECT_TIMEOUT";
}

function neverConnected(cause: unknown): boolean {
  if (cause instanceof AggregateError && cause.errors.length > 0) return cause.errors.every(neverConnected);
  if (!(cause instanceof Error)) return false;
  const { code, syscall } = cause as { readonly code?: unknown; readonly syscall?: unknown };
  if (typeof code !== "string") return false;
  return connectCodes.includes(code) || syscall === "connect" || isCertificateProblem(code);
}

function isCertificateProblem(code: string): boolean {
  return (
    code.startsWith("CERT_") ||
    code.startsWith("ERR_TLS_") ||
    code.endsWith("_CERT_IN_CHAIN") ||
    code === "UNABLE_TO_VERIFY_LEAF_SIGNATURE"
  );
}
