import { AccountView } from "@muse/contracts/account";
import { must } from "#kernel/assert.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { accountFind } from "./account.sql.gen.ts";

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
}
