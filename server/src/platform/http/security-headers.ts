import type { FastifyReply } from "fastify";

/** What every answer carries. An answer that is a page (receipt, reference) brings a policy of its own. */
export const securityHeaders: readonly (readonly [name: string, value: string])[] = [
  ["cache-control", "no-store"],
  ["x-content-type-options", "nosniff"],
  // Nothing of the API is to be shown in a frame, nor to run or load anything if a browser is talked into showing it.
  ["content-security-policy", "default-src 'none'; frame-ancestors 'none'"],
  ["x-frame-options", "DENY"],
  // Addresses hold session ids and order numbers.
  ["referrer-policy", "no-referrer"],
  // There is no CORS: other origins read nothing, not even as an image or a script.
  ["cross-origin-resource-policy", "same-origin"],
];

/** One year, as the preload lists want it; only where people come by https. Subdomains are their owner's to decide. */
const strictTransport = "max-age=31536000";

export function setSecurityHeaders(reply: FastifyReply, hasHttps: boolean): void {
  for (const [name, value] of securityHeaders) reply.header(name, value);
  if (hasHttps) reply.header("strict-transport-security", strictTransport);
}
