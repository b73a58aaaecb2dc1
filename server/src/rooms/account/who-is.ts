import type { IncomingHttpHeaders } from "node:http";
import type { Role } from "@muse/contracts/account";
import type { Db } from "#platform/db/query.ts";
import type { Account } from "#platform/http/account.ts";
import { sessionFind } from "./account.sql.gen.ts";
import type { SessionCache } from "./session-cache.ts";
import { credentialOf, tokenOf, type SessionWire } from "./session-cookie.ts";

export type WhoIsDeps = {
  readonly wire: SessionWire;
  readonly cache: SessionCache;
  readonly isTwoFactorRequired: boolean;
};

/**
 * The account that a request's bearer token or cookie stands for. Null when it has none, when the signature is wrong,
 * and when the session has ended; callers cannot tell these apart, and neither can an attacker.
 */
export async function whoIs(
  db: Db,
  { wire, cache, isTwoFactorRequired }: WhoIsDeps,
  headers: IncomingHttpHeaders,
): Promise<Account | null> {
  const credential = credentialOf(headers, wire.cookieName);
  if (credential === null) return null;
  const known = cache.get(credential);
  if (known !== undefined) return known;

  const token = tokenOf(credential, wire.secret);
  if (token === null) return null;
  const keep = cache.reading();
  const session = await sessionFind(db, { token });
  if (session === null) return null;

  const account: Account = {
    accountId: session.userId,
    kind: session.isAnonymous ? "anonymous" : "person",
    ...roleOf(session, isTwoFactorRequired),
  };
  keep(credential, account);
  return account;
}

/** Without the second factor they need, people of the house are shoppers: whoever asks for a role finds none. */
function roleOf(
  { role, hasSecondFactor }: { readonly role: Role; readonly hasSecondFactor: boolean },
  isTwoFactorRequired: boolean,
): Pick<Account, "role" | "needsSecondFactor"> {
  const needsOne = isTwoFactorRequired && !hasSecondFactor && (role === "ops" || role === "admin");
  return needsOne ? { role: "shopper", needsSecondFactor: true } : { role };
}
