import { PersonParams, PersonQuery, PersonView, RoleBody, RoleGiven } from "@muse/contracts/people";
import type { Tx } from "#platform/db/tx.ts";
import { tx } from "#platform/db/tx.ts";
import { problem } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { giveRole } from "./give-role.ts";
import { personByEmail } from "./people.sql.gen.ts";
import type { SessionCache } from "./session-cache.ts";

/** One line of the audit trail, written in the transaction of what it tells of (the ops room's door). */
export type RoleAuditing = (
  open: Tx,
  entry: {
    readonly accountId: string;
    readonly role: string;
    readonly action: string;
    readonly subject: string;
    readonly detail: Readonly<Record<string, string | boolean>>;
  },
) => Promise<void>;

export type PeopleRoutesDeps = { readonly audit: RoleAuditing; readonly cache: SessionCache };

const base = "/api/v1/admin/people";
const tags = ["Operations"] as const;

/** Whoever is admitted to the desk, and whoever is let go. */
export function peopleRoutes(http: HttpServer, { audit, cache }: PeopleRoutesDeps): void {
  route(
    http,
    {
      method: "GET",
      url: `${base}/by-email`,
      summary: "Find a person's account by their e-mail address",
      description: "The exact address, upper or lower case.",
      tags,
      auth: "admin",
      query: PersonQuery,
      reply: PersonView,
      errors: ["account_not_found"],
      // Enough for whoever hires; somebody who tries a list of addresses needs many more.
      limits: [{ per: "account", windowS: 60, countMax: 60 }],
    },
    async ({ db, query: { email } }) => (await personByEmail(db, { email })) ?? problem("account_not_found"),
  );
  route(
    http,
    {
      method: "PUT",
      url: `${base}/:accountId/role`,
      summary: "Give a person a role",
      description:
        "In place of the one they had; `shopper` takes it away. Not one's own, so there is always an administrator. A role at " +
        "the desk wants a verified e-mail address, and holds as two-factor sign-in asks; whoever loses one is signed out " +
        "everywhere. The same again changes nothing.",
      tags,
      auth: "admin",
      params: PersonParams,
      body: RoleBody,
      reply: RoleGiven,
      errors: ["account_not_found", "role_own", "email_not_verified", "role_missing"],
    },
    async ({ db, account, params: { accountId }, body: { role } }) => {
      const given = await tx(db, "account.give_role", async (open) => {
        const result = await giveRole(open, { accountId, role, givenBy: account.accountId });
        if (result.kind === "given") {
          const detail = { from: result.before, to: role, sessionsEnded: result.sessionsEnded };
          const by = { accountId: account.accountId, role: account.role };
          await audit(open, { ...by, action: "account.role", subject: accountId, detail });
        }
        return result;
      });
      if (given.kind !== "given" && given.kind !== "unchanged") return problem(given.kind);
      // Other processes hear of it from the database; this one must not wait for that.
      cache.forget(accountId);
      return { accountId, role, isNew: given.kind === "given" };
    },
  );
}
