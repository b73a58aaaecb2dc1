import type { IncomingMessage } from "node:http";

/**
 * Whether another website made a browser send this write, with our cookie on it. `SameSite=Lax` and JSON-only bodies
 * already keep such requests away; this holds where a browser is old, or the other site is a neighbour under our
 * domain.
 *
 * What is signed in by a token is nobody's lure: no page can make a browser send one. A program sends neither of the
 * headers that browsers put on by themselves, and pages cannot forge them.
 */
export function isForeignWrite({ method, headers }: IncomingMessage, trustedOrigins: ReadonlySet<string>): boolean {
  if (method === "GET" || method === "HEAD" || headers.authorization !== undefined) return false;
  const { origin } = headers;
  const isTrusted = origin !== undefined && trustedOrigins.has(origin);
  switch (headers["sec-fetch-site"]) {
    case undefined:
      return origin !== undefined && !isTrusted && !isOwn(origin, headers.host);
    case "same-origin":
    case "none":
      return false;
    case "same-site":
      return origin !== undefined && !isTrusted;
    default:
      return true;
  }
}

/** A page that the very host served it is asking. */
function isOwn(origin: string, host: string | undefined): boolean {
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}
