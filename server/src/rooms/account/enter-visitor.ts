import { randomBytes, randomUUID } from "node:crypto";
import type { Tx } from "#platform/db/tx.ts";
import type { Account, NewAccount, Visitor } from "#platform/http/account.ts";
import { visitorEnter } from "./account.sql.gen.ts";
import { mergeInto, type OnAccountMerged } from "./merge-account.ts";
import { setCookie, signed, type SessionWire } from "./session-cookie.ts";

export type Entering = {
  /** The visitor's account to be let into. */
  readonly accountId: string;
  /** Who is calling so far. */
  readonly caller: Account | null;
  readonly from: Visitor;
};

/** As long as better-auth's. */
const tokenBytes = 24;
const userAgentLengthMax = 200;

/**
 * Lets somebody into a visitor's account who has proved by other means that it is theirs (a link in a mail to
 * them). What they gathered as another visitor comes along. Null where the account is a person's by now, or gone.
 */
export async function enterVisitor(
  open: Tx,
  { wire, onMerged }: { readonly wire: SessionWire; readonly onMerged: OnAccountMerged },
  { accountId, caller, from }: Entering,
): Promise<NewAccount | null> {
  const token = randomBytes(tokenBytes).toString("base64url");
  const entered = await visitorEnter(open, {
    accountId,
    sessionId: randomUUID(),
    token,
    lastsS: wire.lastsS,
    ipAddress: from.ip,
    userAgent: (from.headers["user-agent"] ?? "").slice(0, userAgentLengthMax),
  });
  if (entered === null) return null;
  if (caller?.kind === "anonymous" && caller.accountId !== accountId) {
    await mergeInto(open, onMerged, { fromAccountId: caller.accountId, toAccountId: accountId });
  }
  return {
    account: { accountId, kind: "anonymous", role: "shopper" },
    headers: {
      "set-cookie": setCookie(wire, token),
      "set-auth-token": signed(token, wire.secret),
      "access-control-expose-headers": "set-auth-token",
    },
  };
}
