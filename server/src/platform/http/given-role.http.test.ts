import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { openTestDb } from "../../../test/db.ts";
import { silentLog } from "#platform/log/log.ts";
import type { Account } from "./account.ts";
import { route } from "./route.ts";
import { createHttpServer } from "./server.ts";

const { pool } = await openTestDb();
const person = (role: Account["role"]): Account => ({ accountId: "acc_given", kind: "person", role });
let isGiven = true;
const http = createHttpServer({
  db: pool,
  log: silentLog,
  accounts: {
    // As it is remembered, for some seconds at most.
    whoIs: async () => person("shopper"),
    whoIsNow: async () => person(isGiven ? "seller" : "shopper"),
    createAnonymous: () => Promise.reject(new Error("not here")),
  },
});
const reply = z.object({ role: z.string() });
route(
  http,
  { method: "GET", url: "/mine", summary: "x", tags: [], auth: "seller", reply, errors: [] },
  ({ account }) => ({ role: account.role }),
);

test("a role that was given a moment ago holds, and one that was not is refused", async () => {
  const given = await http.fastify.inject({ method: "GET", url: "/mine" });
  assert.deepEqual([given.statusCode, given.json().data], [200, { role: "seller" }]);
  isGiven = false;
  const refused = await http.fastify.inject({ method: "GET", url: "/mine" });
  assert.deepEqual([refused.statusCode, refused.json().error.code], [403, "role_missing"]);
});
