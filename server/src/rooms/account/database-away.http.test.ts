import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openTestDb } from "../../../test/db.ts";
import { openPool } from "#platform/db/pool.ts";
import { createHttpServer } from "#platform/http/server.ts";
import { silentLog } from "#platform/log/log.ts";
import { openAccountRoom, seedPeople } from "./index.ts";

const db = await openTestDb();
await seedPeople(db.pool);

/** How many connections the library still gets before it finds none. Our own statements are always served. */
let given = Infinity;
const pool = openPool({ connectionString: db.url, connectionMax: 4, applicationName: "away" });
const connect = pool.connect.bind(pool) as (...args: unknown[]) => Promise<unknown>;
Object.assign(pool, {
  connect: async (...args: unknown[]) => {
    // The pool's own `query` comes with a callback.
    if (args.length === 0 && (given -= 1) < 0) throw new Error("Connection terminated unexpectedly");
    return await connect(...args);
  },
});
after(async () => await pool.end());

const room = openAccountRoom({
  audit: async () => undefined,
  pool,
  log: silentLog,
  secret: "s".repeat(32),
  appUrl: "http://localhost:3000",
  trustedOrigins: ["http://localhost:3000"],
  isTwoFactorRequired: false,
  onAccountErased: async () => [],
  onSignInLink: async () => undefined,
  onAccountExported: async () => ({}) as never,
  onAccountMerged: async () => undefined,
});
const http = createHttpServer({ db: pool, accounts: room.accounts, log: silentLog });
room.routes(http);
after(async () => await http.fastify.close());

const newcomer = { email: "new@mail.test", password: "long enough", name: "New" };
const asked = {
  "sign-in/email": { email: "shopper@muse.test", password: "muse-demo" },
  "sign-up/email": newcomer,
  "sign-in/anonymous": {},
  "sign-in/magic-link": { email: "shopper@muse.test" },
};

for (const [path, payload] of Object.entries(asked)) {
  test(`${path}: the database is away after any number of its steps: 503 with Retry-After, and done when it is back`, async () => {
    for (let steps = 0; steps < 8; steps += 1) {
      given = steps;
      const body = "name" in payload ? { ...payload, email: `new${steps}@mail.test` } : payload;
      const answer = await http.fastify.inject({ method: "POST", url: `/api/auth/${path}`, payload: body });
      const said = `${steps} steps: ${answer.statusCode} ${answer.body}`;
      if (answer.statusCode === 200) return;
      assert.equal(answer.statusCode, 503, said);
      assert.ok(answer.headers["retry-after"] !== undefined, said);
    }
    assert.fail("it never worked");
  });
}
