/**
 * Text from elsewhere (an error's message, a provider's reason) with everything personal or secret taken out (P1).
 *
 * It errs on the side of saying less: quoted text is dropped unless it is a plain SQL or code identifier, because that
 * is where parsers, Postgres and HTTP clients repeat what they were given.
 */
export function scrub(text: string): string {
  let clean = text.length > textLengthMax ? `${text.slice(0, textLengthMax)}…` : text;
  for (const { pattern, by } of rules) clean = clean.replace(pattern, by);
  return clean;
}

/** An error's message may hold a whole request body; the start of it says what went wrong. */
const textLengthMax = 500;

/** In this order: what is most specific first, so that a token with digits in it is not half a phone number. */
const rules: readonly { readonly pattern: RegExp; readonly by: string }[] = [
  { pattern: /\b(bearer|basic)\s+[^\s,;]+/gi, by: "$1 [token]" },
  // Provider keys, client secrets, payment method and customer tokens: sk_test_…, whsec_…, pi_…_secret_…, pm_…
  {
    pattern: /\b(?:sk|pk|rk|whsec|ck|test_sk|test_ck|live_sk|live_ck|pm|tok|cus|seti|src)_[A-Za-z0-9_]+/g,
    by: "[token]",
  },
  { pattern: /\b\w+_secret_\w+/g, by: "[token]" },
  { pattern: /\beyJ[\w-]+(?:\.[\w-]*){0,2}/g, by: "[token]" },
  { pattern: /[^\s"'<>()[\]{},;:=]+(?:@|%40)[^\s"'<>()[\]{},;:]+/g, by: "[email]" },
  { pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s"')]+/gi, by: "[url]" },
  { pattern: /(["'`“‘«])((?:(?!\1)[^”’»\n]){0,400})(["'`”’»])/g, by: "[quoted]" },
  { pattern: /(?<![\w-])\+?\(?\d(?:[ ().-]{0,3}\d){6,}(?!\w)/g, by: "[number]" },
  // Ours start with a short prefix and an underscore; what is longer and unbroken is a token or a digest.
  {
    pattern: /(?<![\w-])(?!(?:acc|att|cs|evt|job|msg|oi|ord|pay|re|req|rsv|shp|trk|tx|var|whk)_)[A-Za-z0-9+/_=-]{28,}/g,
    by: "[token]",
  },
];
