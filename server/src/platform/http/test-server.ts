/** For tests of the HTTP layer: a server whose accounts are named by the token itself (`Bearer ops:acc_1`). */
import { after } from "node:test";
import { must } from "#kernel/assert.ts";
import type { Pool } from "#platform/db/pool.ts";
import { openLog } from "#platform/log/log.ts";
import type { Account, Accounts } from "./account.ts";
import { createHttpServer, type HttpServerDeps } from "./server.ts";
import type { HttpServer } from "./server-type.ts";

export type TestServer = {
  readonly http: HttpServer;
  /** Every line that was logged. */
  readonly lines: string[];
};

type TestServerOptions = Pick<HttpServerDeps, "rateLimitFactor" | "isProxyTrusted" | "limits"> & {
  readonly reference?: boolean;
};

export function testServer(db: Pool, { reference = false, ...given }: TestServerOptions = {}): TestServer {
  const lines: string[] = [];
  const http = createHttpServer({
    db,
    accounts: namedAccounts(),
    log: openLog({ level: "debug", program: "test", destination: { write: (line) => void lines.push(line) } }),
    ...given,
    ...(reference ? { reference: { version: "0.0.0", serverUrl: "http://localhost:3000" } } : {}),
  });
  after(() => http.fastify.close());
  return { http, lines };
}

/** The headers of a request by this account. */
export function as(role: Account["role"] | "anonymous", accountId: string): { authorization: string } {
  return { authorization: `Bearer ${role}:${accountId}` };
}

function namedAccounts(): Accounts {
  let count = 0;
  const whoIs: Accounts["whoIs"] = async ({ authorization }) => {
    if (authorization === undefined) return null;
    const [kind, accountId] = authorization.slice("Bearer ".length).split(":");
    const isAnonymous = kind === "anonymous";
    const role = isAnonymous ? "shopper" : (kind as Account["role"]);
    return { accountId: must(accountId, "test: role:id"), kind: isAnonymous ? "anonymous" : "person", role };
  };
  return {
    whoIs,
    whoIsNow: whoIs,
    createAnonymous: async () => {
      count += 1;
      const accountId = `acc_made${count}`;
      return {
        account: { accountId, kind: "anonymous", role: "shopper" },
        headers: { "set-auth-token": `anonymous:${accountId}` },
      };
    },
  };
}
