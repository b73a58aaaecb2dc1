import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** How a session is written on the wire; the same for our own reading and for better-auth's. */
export type SessionWire = {
  readonly secret: string;
  readonly cookieName: string;
  /** HTTPS alone: in production always, and never on a developer's plain localhost. */
  readonly isSecure: boolean;
  readonly lastsS: number;
};

/** Long enough for a cart to wait for its owner; every visit to `get-session` prolongs it. */
export const sessionLastsS = 60 * 24 * 3600;

export function sessionWire(secret: string, appUrl: string): SessionWire {
  const isSecure = appUrl.startsWith("https://");
  return { secret, isSecure, cookieName: `${isSecure ? "__Secure-" : ""}muse.session_token`, lastsS: sessionLastsS };
}

/** What a request brought to say who it is, as it came: a bearer token, else the cookie. Nothing is verified yet. */
export function credentialOf(headers: IncomingHttpHeaders, cookieName: string): string | null {
  const { authorization, cookie } = headers;
  // Whoever sends a token means that one: a cookie beside it must not decide who is calling.
  if (authorization !== undefined) {
    return /^bearer /i.test(authorization) ? "b" + authorization.slice(7).trim().slice(0, credentialLengthMax) : null;
  }
  const value = cookie === undefined ? null : cookieValue(cookie, cookieName);
  return value === null || value === "" ? null : "c" + value.slice(0, credentialLengthMax);
}

/** A token is 32 characters and its signature 44; longer ones are nobody's. */
const credentialLengthMax = 200;

/**
 * The session's token out of a credential, or null when its signature is wrong. A cookie is always signed. A bearer
 * token may be bare, as `sign-in` answers it in its body: it is the secret itself, and a signature adds nothing.
 */
export function tokenOf(credential: string, secret: string): string | null {
  const text = decoded(credential.slice(1));
  const dot = text.lastIndexOf(".");
  if (dot < 0) return credential.startsWith("b") && isToken(text) ? text : null;
  const token = text.slice(0, dot);
  return isToken(token) && isSigned(token, text.slice(dot + 1), secret) ? token : null;
}

/** The value that stands for a session in the cookie and in `set-auth-token`, as better-auth writes it. */
export function signed(token: string, secret: string): string {
  return encodeURIComponent(`${token}.${signatureOf(token, secret)}`);
}

/** The `Set-Cookie` header of a new session, with better-auth's own attributes. */
export function setCookie(wire: SessionWire, token: string): string {
  const value = signed(token, wire.secret);
  const secure = wire.isSecure ? "; Secure" : "";
  return `${wire.cookieName}=${value}; Max-Age=${wire.lastsS}; Path=/; HttpOnly${secure}; SameSite=Lax`;
}

function signatureOf(token: string, secret: string): string {
  return createHmac("sha256", secret).update(token).digest("base64");
}

function isSigned(token: string, signature: string, secret: string): boolean {
  const expected = Buffer.from(signatureOf(token, secret));
  const given = Buffer.from(signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

/** better-auth's tokens are 32 letters and digits. */
function isToken(text: string): boolean {
  return /^[A-Za-z0-9_-]{16,64}$/.test(text);
}

function cookieValue(header: string, name: string): string | null {
  for (let start = 0; start < header.length;) {
    let end = header.indexOf(";", start);
    if (end < 0) end = header.length;
    const equals = header.indexOf("=", start);
    if (equals > 0 && equals < end && header.slice(start, equals).trim() === name) {
      return header.slice(equals + 1, end).trim();
    }
    start = end + 1;
  }
  return null;
}

function decoded(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
