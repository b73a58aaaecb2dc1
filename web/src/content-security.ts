/** Where a page may load things from besides its own origin. */
export type Origins = {
  readonly nonce: string;
  /** Of product pictures. */
  readonly pictures: readonly string[];
  /** The payment provider's script, its frames, and what its script talks to. */
  readonly payment: readonly string[];
  /** React's error overlay evaluates strings; only a developer's server needs it. */
  readonly isDevelopment: boolean;
  readonly hasHttps: boolean;
};

/**
 * A page's Content-Security-Policy. A script runs when it carries this answer's nonce or was loaded by one that did;
 * nothing inline does. Style sheets need the nonce too. `style` attributes are let be: components place themselves with
 * them, and all that they could load is a picture from the origins named here.
 */
export function contentSecurityPolicy({ nonce, pictures, payment, isDevelopment, hasHttps }: Origins): string {
  const directives: readonly (readonly string[])[] = [
    ["default-src", "'self'"],
    // 'strict-dynamic' makes newer browsers ignore the origins; the rest of the line is for the older ones.
    [
      "script-src",
      "'self'",
      `'nonce-${nonce}'`,
      "'strict-dynamic'",
      ...payment,
      ...(isDevelopment ? ["'unsafe-eval'"] : []),
    ],
    ["style-src", "'self'", `'nonce-${nonce}'`],
    ["style-src-elem", "'self'", ...(isDevelopment ? ["'unsafe-inline'"] : [`'nonce-${nonce}'`])],
    ["style-src-attr", "'unsafe-inline'"],
    ["img-src", "'self'", "data:", "blob:", ...pictures],
    ["font-src", "'self'"],
    ["connect-src", "'self'", ...payment],
    ["frame-src", "'self'", ...payment],
    ["worker-src", "'self'", "blob:"],
    ["manifest-src", "'self'"],
    ["object-src", "'none'"],
    ["base-uri", "'none'"],
    ["form-action", "'self'", ...payment],
    ["frame-ancestors", "'none'"],
    ...(hasHttps ? [["upgrade-insecure-requests"]] : []),
  ];
  return directives.map((words) => words.join(" ")).join("; ");
}

/** What every answer of the shop carries, whatever it is. */
export const fixedHeaders: readonly { readonly key: string; readonly value: string }[] = [
  { key: "x-content-type-options", value: "nosniff" },
  { key: "x-frame-options", value: "DENY" },
  // Addresses hold session ids and order numbers; the site's own pages may know where a visitor came from.
  { key: "referrer-policy", value: "same-origin" },
  // The payment provider's frame asks for the wallet; nothing of ours wants a device.
  {
    key: "permissions-policy",
    value: "camera=(), microphone=(), geolocation=(), usb=(), midi=(), browsing-topics=(), payment=(self)",
  },
  // A bank's page may be opened in a window of its own and report back.
  { key: "cross-origin-opener-policy", value: "same-origin-allow-popups" },
];

/** One year; only where people come by https. */
export const strictTransport = "max-age=31536000";
