import type { IncomingHttpHeaders } from "node:http";
import type { Role } from "@muse/contracts/account";

/** Who is calling, as far as a request needs to know. Nothing personal, so that it may be kept in memory and logged. */
export type Account = {
  readonly accountId: string;
  readonly kind: "anonymous" | "person";
  /**
   * What holds for this request: a shopper's where the person's own role asks for a second factor they have not
   * shown.
   */
  readonly role: Role;
  readonly needsSecondFactor?: true;
};

/** What the HTTP layer needs of the account room; the composition root hands it in. */
export type Accounts = {
  /** The account that a request's cookie or bearer token stands for, or null. Tampered and ended sessions are null. */
  readonly whoIs: (headers: IncomingHttpHeaders) => Promise<Account | null>;
  /** The same, read anew: what is remembered may be older than what the caller has just been told. */
  readonly whoIsNow: (headers: IncomingHttpHeaders) => Promise<Account | null>;
  /** A new anonymous account with its session, and the headers that hand the session to the visitor. */
  readonly createAnonymous: (from: Visitor) => Promise<NewAccount>;
};

export type Visitor = { readonly headers: IncomingHttpHeaders; readonly ip: string };
export type NewAccount = { readonly account: Account; readonly headers: Readonly<Record<string, string>> };

/**
 * Who may call a route:
 * - `none`: nobody is looked up (webhooks, health).
 * - `anonymous_ok`: the account where there is one, else null.
 * - `creates_account`: a visitor without one gets an anonymous account with this very request.
 * - `shopper`: any account, anonymous ones too.
 * - `signed_in`: a person, not an anonymous account.
 * - `seller`, `ops`, `admin`: that role; an admin may do what each of them may.
 */
export type Auth = "none" | "anonymous_ok" | "creates_account" | "shopper" | "signed_in" | "seller" | "ops" | "admin";

/** The account a handler is given: never null where the route does not let anybody in without one. */
export type AccountFor<A extends Auth> = A extends "none" ? null : A extends "anonymous_ok" ? Account | null : Account;

/** Why an account may not call a route, or null when it may. */
export function refusalFor(
  auth: Auth,
  account: Account | null,
): "not_signed_in" | "role_missing" | "two_factor_required" | null {
  if (auth === "none" || auth === "anonymous_ok" || auth === "creates_account") return null;
  if (account === null) return "not_signed_in";
  if (auth === "shopper") return null;
  if (account.kind === "anonymous") return "not_signed_in";
  if (auth === "signed_in") return null;
  if (account.needsSecondFactor === true) return "two_factor_required";
  return account.role === auth || account.role === "admin" ? null : "role_missing";
}
