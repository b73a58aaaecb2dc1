import { AccountView, DeskPeople } from "@muse/contracts/account";
import { must } from "#kernel/assert.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { accountFind, peopleOfDesk } from "./account.sql.gen.ts";

/** The room's own endpoints; signing in and out is better-auth's (`authRoutes`). */
export function accountRoutes(http: HttpServer): void {
  route(
    http,
    {
      method: "GET",
      url: "/api/v1/account",
      summary: "Tell which account is calling",
      tags: ["Account"],
      auth: "shopper",
      reply: AccountView,
      errors: [],
    },
    async ({ db, account }) => {
      const found = must(await accountFind(db, { accountId: account.accountId }), "account: a session has its account");
      return {
        accountId: found.id,
        kind: account.kind,
        role: found.role,
        email: found.isAnonymous ? null : found.email,
        name: found.isAnonymous ? null : found.name,
        needsSecondFactor: account.needsSecondFactor === true,
      };
    },
  );
  route(
    http,
    {
      method: "GET",
      url: "/api/v1/admin/people",
      summary: "List who works at the desk",
      description: "Names for the numbers that the queue, the approvals and the trail tell people by.",
      tags: ["Operations"],
      auth: "ops",
      reply: DeskPeople,
      errors: [],
    },
    async ({ db }) => ({ people: await peopleOfDesk(db) }),
  );
}
