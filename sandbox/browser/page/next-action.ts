import { inWordsOf, type ApiError, type IntentSeen } from "../shared/api.ts";
import { readIntent, type Reader } from "./elements.ts";
import { openOverlay } from "./overlay.ts";

export type Payment = { readonly paymentIntent: IntentSeen } | { readonly error: ApiError };

/** The challenge may also be answered elsewhere (a telephone, a test), which only asking tells. */
const pollMs = 2_000;

/**
 * Does what an intent waits for. A challenge comes over the page and this resolves when it is over; an intent that was
 * confirmed with a return URL and without `use_stripe_sdk` sends the whole page to the bank instead.
 */
export async function takeNextAction(reader: Reader, intent: IntentSeen): Promise<Payment> {
  const action = intent.next_action;
  if (action?.redirect_to_url !== undefined) {
    location.assign(onOurOrigin(reader, action.redirect_to_url.url));
    return new Promise(() => undefined);
  }
  if (action?.use_stripe_sdk === undefined) return { paymentIntent: intent };

  const url = onOurOrigin(reader, action.use_stripe_sdk.stripe_js);
  url.searchParams.set("locale", reader.language);
  const title = reader.language === "ko" ? "본인 인증" : "3D Secure authentication";
  const overlay = openOverlay({ url, title, isDark: false });
  const poll = setInterval(() => {
    void readIntent(reader, intent.client_secret).then((read) => {
      if ("body" in read && read.body.status !== "requires_action") overlay.close(null);
    });
  }, pollMs);
  await overlay.done;
  clearInterval(poll);
  const read = await readIntent(reader, intent.client_secret);
  return "error" in read ? read : outcomeOf(reader, read.body);
}

/** An intent that fell back to needing another method carries the reason, which is an error to the page. */
function outcomeOf(reader: Reader, intent: IntentSeen): Payment {
  const refused = intent.status === "requires_payment_method" ? intent.last_payment_error : null;
  return refused === null
    ? { paymentIntent: intent }
    : { error: { ...inWordsOf(reader.language, refused), payment_intent: intent } };
}

/** The API names itself as its caller saw it (127.0.0.1); the browser may know it by another name (localhost). */
function onOurOrigin(reader: Reader, address: string): URL {
  const { pathname, search } = new URL(address);
  return new URL(pathname + search, reader.origin);
}
