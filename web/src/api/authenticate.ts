import { answerMsMax } from "./browser.ts";
import { call } from "./call.ts";
import { within } from "./within.ts";

/** The paths of the account's library, whose bodies are not part of the generated client. */
export type AuthPath =
  | "/sign-in/email"
  | "/sign-in/magic-link"
  | "/sign-up/email"
  | "/sign-out"
  | "/two-factor/verify-totp"
  | "/two-factor/verify-backup-code"
  | "/two-factor/enable"
  | "/two-factor/disable"
  | "/update-user"
  | "/change-password"
  | "/revoke-session"
  | "/revoke-other-sessions";

/**
 * Signs in, up or out, and changes how one does. The session's cookie comes with the answer; what a visitor held goes
 * along.
 *
 * @throws ApiError as `call` does
 */
export async function authenticate(path: AuthPath, body: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
  return await call(post(path, body));
}

/**
 * Reads what the account's library tells. A list comes bare, everything else in the envelope.
 *
 * @throws ApiError as `call` does
 */
export async function readAuth(path: "/get-session" | "/list-sessions", signal?: AbortSignal): Promise<unknown> {
  return await call(get(path, signal));
}

async function get(path: string, signal: AbortSignal | undefined) {
  const { said, response } = await ask(path, { headers: inPagesLanguage() }, signal);
  if (!response.ok) return { error: said, response };
  const isBare = said === null || Array.isArray(said);
  return { data: isBare ? { success: true, data: said as unknown } : (said as Envelope), response };
}

type Envelope = { readonly success: boolean; readonly data: unknown };

async function post(path: AuthPath, body: Readonly<Record<string, unknown>>) {
  const { said, response } = await ask(path, {
    method: "POST",
    headers: { "content-type": "application/json", ...inPagesLanguage() },
    body: JSON.stringify(body),
  });
  return response.ok ? { data: said as Envelope, response } : { error: said, response };
}

/** An answer that cannot be read says nothing; one that did not come to its end in time is none. */
async function ask(path: string, init: RequestInit, given?: AbortSignal) {
  return await within(answerMsMax, given, async (signal) => {
    const response = await fetch(`/api/auth${path}`, { ...init, credentials: "same-origin", signal });
    const said: unknown = await response.json().catch(() => null);
    signal.throwIfAborted();
    return { said, response };
  });
}

function inPagesLanguage(): { readonly "accept-language": string } {
  return { "accept-language": document.documentElement.lang };
}
