import { randomBytes, randomUUID } from "node:crypto";
import { newId } from "#kernel/ids.ts";
import type { Db } from "#platform/db/query.ts";
import type { NewAccount, Visitor } from "#platform/http/account.ts";
import { anonymousCreate } from "./account.sql.gen.ts";
import { setCookie, signed, type SessionWire } from "./session-cookie.ts";

/** The domain of addresses that no mail can reach (RFC 6761); better-auth wants every user to have one. */
export const anonymousEmailDomain = "anonymous.invalid";

/** 32 characters, as long as better-auth's, which reads any token. */
const tokenBytes = 24;

/** Enough to tell a phone from a laptop in a list of one's sessions. */
const userAgentLengthMax = 200;

/**
 * A new visitor's account and session, exactly as better-auth would write them, in one statement instead of its
 * transaction of two (docs/decisions/0013-anonymous-account.md has the measurements).
 */
export async function createAnonymous(db: Db, wire: SessionWire, from: Visitor): Promise<NewAccount> {
  const accountId = newId("acc");
  const token = randomBytes(tokenBytes).toString("base64url");
  await anonymousCreate(db, {
    accountId,
    email: `temp-${accountId}@${anonymousEmailDomain}`,
    sessionId: randomUUID(),
    token,
    lastsS: wire.lastsS,
    ipAddress: from.ip,
    userAgent: (from.headers["user-agent"] ?? "").slice(0, userAgentLengthMax),
  });
  return {
    account: { accountId, kind: "anonymous", role: "shopper" },
    headers: {
      "set-cookie": setCookie(wire, token),
      "set-auth-token": signed(token, wire.secret),
      "access-control-expose-headers": "set-auth-token",
    },
  };
}
