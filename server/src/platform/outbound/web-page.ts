import type { OutboundHttp } from "./http.ts";
import type { PackedPage } from "./unpack-page.ts";

/** A page of somebody's shop, or why there is none. */
export type WebPage =
  /** `url` is where it was found, after its redirects; the rest is for `unpackPage`. */
  ({ readonly kind: "page"; readonly url: string } & PackedPage) | { readonly kind: WebPageRefusal };

export type WebPageRefusal =
  /** Not one to go to: not the web, another port, a closed network, or a redirect out of where it may lead. */
  | "address_refused"
  | "not_found"
  /** The shop is there and does not want us: 401, 403, 429 and their like. */
  | "blocked"
  | "unreachable"
  | "timed_out"
  | "too_large"
  /** An answer that is no page of HTML. */
  | "not_html";

export type ReadWebPage = (url: string, mayVisit: (url: URL) => boolean) => Promise<WebPage>;

export type WebPagesDeps = {
  /** Connects to public addresses only, and hands bodies over as latin1. */
  readonly outside: OutboundHttp;
  /** The sandbox's own origin and a sender that reaches it; null where nothing is simulated. */
  readonly sandbox: { readonly origin: string; readonly http: OutboundHttp } | null;
};

/** What a person would wait for beside a button, redirects included. */
const deadlineMs = 6_000;
const redirectsMax = 4;

/** The sender's bound on what comes over the wire. Shops' pages are a few hundred kilobytes, packed a fifth of it. */
export const webPageBytesMax = 1024 * 1024;

/**
 * Reads pages of the open web for somebody who typed in an address (SSRF): http and https on their own ports, public
 * addresses only (checked by the sender on the very answer it connects to), nobody's credentials, each redirect checked
 * like the first address, everything bounded.
 */
export function openWebPages(deps: WebPagesDeps): ReadWebPage {
  return async (url, mayVisit) => {
    const until = performance.now() + deadlineMs;
    let next: string | null = url;
    let before: URL | null = null;
    for (let hop = 0; hop <= redirectsMax && next !== null; hop += 1) {
      const here = URL.parse(next, before?.href);
      if (here === null || !isWeb(here, before) || !mayVisit(here)) return { kind: "address_refused" };
      const http = senderFor(deps, here);
      if (http === null) return { kind: "address_refused" };
      const timeoutMs = Math.ceil(until - performance.now());
      if (timeoutMs <= 0) return { kind: "timed_out" };
      const seen = await ask(http, here.href, timeoutMs);
      if (seen.kind !== "moved") return seen;
      before = here;
      next = seen.to;
    }
    return { kind: "unreachable" };
  };
}

type Seen = WebPage | { readonly kind: "moved"; readonly to: string | null };

/** From https to http is no way on: whoever is in between could write the page. */
function isWeb(url: URL, before: URL | null): boolean {
  if (url.username !== "" || url.password !== "") return false;
  return url.protocol === "https:" || (url.protocol === "http:" && before?.protocol !== "https:");
}

/** A port that the URL names is another than the protocol's own: the parser has taken that one out. */
function senderFor({ outside, sandbox }: WebPagesDeps, url: URL): OutboundHttp | null {
  if (url.origin === sandbox?.origin) return sandbox.http;
  return url.port === "" ? outside : null;
}

async function ask(http: OutboundHttp, url: string, timeoutMs: number): Promise<Seen> {
  try {
    const answer = await http({ method: "GET", url, headers: requestHeaders, timeoutMs });
    const refusal = refusalBy(answer.status);
    if (refusal !== null) return { kind: refusal };
    if (answer.status !== 200) return { kind: "moved", to: answer.headers["location"] ?? null };
    return pageOf(url, answer.headers, answer.body);
  } catch (error) {
    return { kind: refusalOf(error) };
  }
}

const requestHeaders = {
  accept: "text/html,application/xhtml+xml;q=0.9",
  "accept-encoding": "gzip, br",
  "accept-language": "en,ko;q=0.8",
  "user-agent": "MuseCheckout/1.0 (reads one product page for a shopper)",
};

/** Null for a page, and for a redirect. */
function refusalBy(status: number): WebPageRefusal | null {
  if (status === 200 || [301, 302, 303, 307, 308].includes(status)) return null;
  if (status === 404 || status === 410) return "not_found";
  return status >= 400 && status < 500 ? "blocked" : "unreachable";
}

/** The sender's own words for it (`OutboundReason`); anything else is a bug of ours and goes on as one. */
function refusalOf(error: unknown): WebPageRefusal {
  const reason = error instanceof Error && "reason" in error ? error.reason : null;
  if (reason === "address_closed") return "address_refused";
  if (reason === "timed_out" || reason === "too_large") return reason;
  if (reason === "no_answer") return "unreachable";
  throw error;
}

function pageOf(url: string, headers: Readonly<Record<string, string>>, body: string): WebPage {
  const type = headers["content-type"] ?? "text/html";
  if (!/^(text\/html|application\/xhtml\+xml)\b/i.test(type)) return { kind: "not_html" };
  return {
    kind: "page",
    url,
    type,
    encoding: headers["content-encoding"] ?? "identity",
    body: Buffer.from(body, "latin1"),
  };
}
