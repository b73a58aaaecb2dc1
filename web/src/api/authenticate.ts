import { call } from "./call.ts";

/** The paths of the account's library, whose bodies are not part of the generated client. */
export type AuthPath =
  | "/sign-in/email"
  | "/sign-in/magic-link"
  | "/sign-up/email"
  | "/sign-out"
  | "/two-factor/verify-totp";

/**
 * Signs in, up or out. The session's cookie comes with the answer; what a visitor held goes along.
 *
 * @throws ApiError as `call` does
 */
export async function authenticate(path: AuthPath, body: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
  return await call(post(path, body));
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
