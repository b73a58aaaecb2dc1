import type { IncomingHttpHeaders } from "node:http";
import type { Db } from "#platform/db/query.ts";
import type { Account } from "#platform/http/account.ts";
import { sessionFind } from "./account.sql.gen.ts";
import type { SessionCache } from "./session-cache.ts";
import { credentialOf, tokenOf, type SessionWire } from "./session-cookie.ts";

/**
 * The account that a request's bearer token or cookie stands for. Null when it has none, when the signature is wrong,
 * and when the session has ended; callers cannot tell these apart, and neither can an attacker.
 */
export async function whoIs(
  db: Db,
  { wire, cache }: { readonly wire: SessionWire; readonly cache: SessionCache },
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
    role: session.role,
  };
  keep(credential, account);
  return account;
}
