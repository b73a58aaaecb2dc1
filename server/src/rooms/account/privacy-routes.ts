import { AccountExport, EraseBody, type EraseHindrance } from "@muse/contracts/account";
import { verifyPassword } from "better-auth/crypto";
import { z } from "zod";
import { must } from "#kernel/assert.ts";
import { systemClock } from "#kernel/clock.ts";
import type { Pool } from "#platform/db/pool.ts";
import type { Db } from "#platform/db/query.ts";
import { tx, type Tx } from "#platform/db/tx.ts";
import { answer, problem } from "#platform/http/problem.ts";
import { keysErase } from "#platform/http/idempotency-statements.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { lookAttempts, takeAttempt, type Limit } from "./limit-attempts.ts";
import { accountErase, accountExport, accountIds, passwordFind, storesOwned } from "./privacy.sql.gen.ts";
import type { SessionCache } from "./session-cache.ts";
import type { SessionWire } from "./session-cookie.ts";

/**
 * Takes a person out of every room above, in the transaction given, or says what hinders it. The composition root fills
 * it, as it does with merging.
 */
export type AccountErasing = (open: Tx, accountIds: readonly string[]) => Promise<readonly EraseHindrance[]>;

/** What every room above keeps of a person. */
export type AccountExporting = (
  db: Db,
  accountIds: readonly string[],
) => Promise<Omit<AccountExport, "exportedAt" | "accountId" | "accounts">>;

export type PrivacyDeps = {
  readonly pool: Pool;
  readonly wire: SessionWire;
  readonly cache: SessionCache;
  readonly erase: AccountErasing;
  readonly gather: AccountExporting;
};

/** As at sign-in, and counted with it. */
const passwordLimit: Limit = { what: "auth e-mail", windowS: 300, countMax: 10 };

/** A copy is some statements over all that somebody ever did; nobody needs one every second. */
const exportLimit = { per: "account", windowS: 60, countMax: 10 } as const;

/** What a person may ask of whoever keeps their data: a copy of it, and its end. */
export function privacyRoutes(http: HttpServer, deps: PrivacyDeps): void {
  exportRoute(http, deps);
  eraseRoute(http, deps);
}

function exportRoute(http: HttpServer, { gather }: PrivacyDeps): void {
  route(
    http,
    {
      method: "GET",
      url: "/api/v1/account/export",
      summary: "Get a copy of all that is kept of the caller",
      description: "Also of what visitors did who became this account by signing in.",
      tags: ["Account"],
      auth: "shopper",
      reply: AccountExport,
      errors: [],
      limits: [exportLimit],
    },
    async ({ db, account: { accountId } }) => {
      const ids = await idsOf(db, accountId);
      const { accounts } = await accountExport(db, { accountIds: ids });
      const copy = { exportedAt: systemClock.now().toISOString(), accountId, accounts: accounts as unknown[] };
      return answer(
        { ...copy, ...(await gather(db, ids)) },
        { headers: { "content-disposition": 'attachment; filename="muse-account.json"' } },
      );
    },
  );
}

function eraseRoute(http: HttpServer, deps: PrivacyDeps): void {
  route(
    http,
    {
      method: "DELETE",
      url: "/api/v1/account",
      summary: "Erase the caller",
      description:
        "Name, e-mail, addresses, cart, sessions and whatever anybody wrote about them go, at once and for good. Orders and " +
        "payments stay for the books, under an id that leads to nobody. A person gives their password once more.",
      tags: ["Account"],
      auth: "shopper",
      body: EraseBody,
      reply: z.object({ isErased: z.literal(true) }),
      errors: ["credentials_invalid", "account_not_erasable", "rate_limited"],
    },
    async ({ account, body }) => {
      const given = await checkPassword(deps.pool, account.accountId, body?.password ?? "");
      if (given !== "right") {
        return given === "wrong" ? problem("credentials_invalid") : problem("rate_limited", { retryAfterS: given });
      }
      const hindrances = await eraseAll(deps, account.accountId);
      if (hindrances.length > 0) return problem("account_not_erasable", { details: { why: hindrances } });
      deps.cache.forget(account.accountId);
      const { cookieName } = deps.wire;
      return answer(
        { isErased: true as const },
        { headers: { "set-cookie": `${cookieName}=; Max-Age=0; Path=/; HttpOnly` } },
      );
    },
  );
}

/** A number: so many seconds to wait, after too many wrong ones. */
async function checkPassword(db: Pool, accountId: string, password: string): Promise<"right" | "wrong" | number> {
  const known = await passwordFind(db, { accountId });
  if (known === null) return "right";
  const retryAfterS = await lookAttempts(db, passwordLimit, known.email);
  if (retryAfterS !== null) return retryAfterS;
  if (await verifyPassword({ hash: must(known.password, "a credential has its hash"), password })) return "right";
  await takeAttempt(db, passwordLimit, known.email);
  return "wrong";
}

/** All of it or nothing: what hinders it is looked for with everything locked that could change it. */
async function eraseAll({ pool, erase }: PrivacyDeps, accountId: string): Promise<readonly EraseHindrance[]> {
  return await tx(pool, "account.erase", async (open) => {
    const ids = await idsOf(open, accountId);
    const { stores } = await storesOwned(open, { accountIds: ids });
    const hindrances = [...(await erase(open, ids)), ...(stores > 0n ? (["owns_store"] as const) : [])];
    if (hindrances.length > 0) return hindrances;
    await keysErase(open, { accountIds: ids });
    await accountErase(open, { accountIds: ids });
    return [];
  });
}

async function idsOf(db: Db, accountId: string): Promise<string[]> {
  const rows = await accountIds(db, { accountId });
  return rows.map(({ id }) => id);
}
