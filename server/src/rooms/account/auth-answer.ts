import type { ErrorCode } from "@muse/contracts/error";
import { problem, type Problem } from "#platform/http/problem.ts";

/** better-auth's answer, in the API's envelope. */
export type AuthAnswer =
  | { readonly kind: "answered"; readonly status: number; readonly body: string }
  | { readonly kind: "refused"; readonly problem: Problem };

/**
 * Puts better-auth's answer into our envelope. On success its own fields stay where its client libraries look for them
 * and are repeated as `data`; its errors become ours, since a shopper reads them.
 */
export async function authAnswer(response: Response): Promise<AuthAnswer> {
  const body = await jsonOf(response);
  if (response.status >= 400) return { kind: "refused", problem: refusalOf(response, body) };
  const isObject = typeof body === "object" && body !== null && !Array.isArray(body);
  const said = isObject ? { ...body, ...tokenOf(response, body) } : body;
  const enveloped = isObject ? { ...said, success: true, data: said } : (body ?? null);
  return { kind: "answered", status: response.status, body: JSON.stringify(enveloped) };
}

/** The library tells of the session before, where it has just begun another: the one that counts is in the cookie. */
function tokenOf(response: Response, body: object): { readonly token?: string } {
  const fresh = response.headers.get("set-auth-token");
  return fresh === null || !("token" in body) ? {} : { token: decodeURIComponent(fresh).split(".", 1)[0] ?? "" };
}

const byCode: { readonly [code: string]: ErrorCode } = {
  INVALID_EMAIL_OR_PASSWORD: "credentials_invalid",
  INVALID_PASSWORD: "credentials_invalid",
  USER_ALREADY_EXISTS: "email_taken",
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: "email_taken",
  INVALID_CODE: "two_factor_code_invalid",
  INVALID_BACKUP_CODE: "two_factor_code_invalid",
  INVALID_TWO_FACTOR_COOKIE: "not_signed_in",
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: "rate_limited",
  ACCOUNT_TEMPORARILY_LOCKED: "rate_limited",
  INVALID_ORIGIN: "cross_site_refused",
  INVALID_CALLBACK_URL: "cross_site_refused",
  INVALID_NEW_USER_CALLBACK_URL: "cross_site_refused",
  INVALID_ERROR_CALLBACK_URL: "cross_site_refused",
  INVALID_REDIRECT_URL: "cross_site_refused",
  MISSING_OR_NULL_ORIGIN: "cross_site_refused",
  CROSS_SITE_NAVIGATION_LOGIN_BLOCKED: "cross_site_refused",
};

const byStatus: { readonly [status: number]: ErrorCode } = {
  401: "not_signed_in",
  403: "role_missing",
  404: "not_found",
  413: "body_too_large",
  415: "unsupported_media_type",
  429: "rate_limited",
};

function refusalOf(response: Response, body: unknown): Problem {
  const code = textField(body, "code");
  const named = fields[code];
  if (named !== undefined) return problem("request_invalid", named);
  const ours = byCode[code] ?? byStatus[response.status];
  if (ours === "rate_limited") return problem(ours, { retryAfterS: lockedS });
  if (ours !== undefined) return problem(ours);
  return problem(response.status >= 500 ? "internal" : "request_invalid");
}

/** As long as the library locks an account after ten wrong codes. */
const lockedS = 900;

/** What people get wrong in a form, said so that they can put it right. */
const fields: { readonly [code: string]: { field: string; message: { en: string; ko: string } } } = {
  INVALID_EMAIL: {
    field: "email",
    message: {
      en: "Enter an e-mail address such as name@example.com.",
      ko: "name@example.com 형식의 이메일을 입력해 주세요.",
    },
  },
  PASSWORD_TOO_SHORT: {
    field: "password",
    message: { en: "Choose a password of at least 8 characters.", ko: "비밀번호는 8자 이상이어야 합니다." },
  },
  PASSWORD_TOO_LONG: {
    field: "password",
    message: { en: "Choose a password of at most 128 characters.", ko: "비밀번호는 128자 이하여야 합니다." },
  },
};

function textField(body: unknown, key: string): string {
  if (typeof body !== "object" || body === null) return "";
  const value: unknown = Reflect.get(body, key);
  return typeof value === "string" ? value : "";
}

async function jsonOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === "") return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
