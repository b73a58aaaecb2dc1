import { call } from "./call.ts";

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
  const response = await fetch(`/api/auth${path}`, {
    credentials: "same-origin",
    headers: { "accept-language": document.documentElement.lang },
    ...(signal === undefined ? {} : { signal }),
  });
  const said = (await response.json().catch(() => null)) as unknown;
  if (!response.ok) return { error: said, response };
  const isBare = said === null || Array.isArray(said);
  return { data: isBare ? { success: true, data: said as unknown } : (said as Envelope), response };
}

type Envelope = { readonly success: boolean; readonly data: unknown };

async function post(path: AuthPath, body: Readonly<Record<string, unknown>>) {
  const response = await fetch(`/api/auth${path}`, {
    method: "POST",
    credentials: "same-origin",
    headers: { "content-type": "application/json", "accept-language": document.documentElement.lang },
    body: JSON.stringify(body),
  });
  const said = (await response.json().catch(() => null)) as unknown;
  return response.ok ? { data: said as Envelope, response } : { error: said, response };
}
