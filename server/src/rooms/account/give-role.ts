import type { Role } from "@muse/contracts/account";
import { must } from "#kernel/assert.ts";
import type { Tx } from "#platform/db/tx.ts";
import { peopleLock, roleChange } from "./people.sql.gen.ts";

export type GiveRole = {
  readonly accountId: string;
  readonly role: Role;
  /** The administrator who gives it. */
  readonly givenBy: string;
};

export type GiveRoleResult =
  | { readonly kind: "given"; readonly before: Role; readonly sessionsEnded: boolean }
  | { readonly kind: "unchanged" | "role_own" | "role_missing" | "account_not_found" | "email_not_verified" };

/**
 * Gives a person a role, in place of the one they had. Who gives it must still be an administrator once both are
 * locked: since nobody changes their own role, whoever has just given one is left, and so there always is one.
 * Whoever loses a role at the desk is signed out everywhere.
 */
export async function giveRole(open: Tx, { accountId, role, givenBy }: GiveRole): Promise<GiveRoleResult> {
  if (accountId === givenBy) return { kind: "role_own" };
  const people = await peopleLock(open, { accountIds: [accountId, givenBy] });
  if (people.find((one) => one.accountId === givenBy)?.role !== "admin") return { kind: "role_missing" };
  const person = people.find((one) => one.accountId === accountId);
  if (person === undefined) return { kind: "account_not_found" };
  if (person.role === role) return { kind: "unchanged" };
  // Anybody can sign up with a colleague's address: until a mail to it was read, the account may be a stranger's.
  if (deskRank[role] > deskRank[person.role] && !person.isEmailVerified) return { kind: "email_not_verified" };

  const sessionsEnded = deskRank[role] < deskRank[person.role];
  must(await roleChange(open, { accountId, role, endsSessions: sessionsEnded }), "giveRole: the person is locked");
  return { kind: "given", before: person.role, sessionsEnded };
}

/** What a role opens at the desk: `admin` is all that `ops` is. */
const deskRank: Readonly<Record<Role, number>> = { shopper: 0, seller: 0, ops: 1, admin: 2 };
