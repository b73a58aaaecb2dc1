import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { openTestDb } from "../../../test/db.ts";
import { route } from "./route.ts";
import { as, testServer } from "./test-server.ts";

const { pool } = await openTestDb();
const { http } = testServer(pool);
route(
  http,
  {
    method: "POST",
    url: "/ruled",
    summary: "Follow rules",
    tags: ["test"],
    auth: "shopper",
    body: z
      .strictObject({
        name: z.string(),
        tags: z
          .array(z.string())
          .refine((tags) => new Set(tags).size === tags.length, { message: "Name each tag once." })
          .optional(),
      })
      .refine(({ name }) => name !== "both", { message: "Send this or that, not both." })
      .refine(({ name }) => name !== "named", { path: ["name"], message: "Not this name." })
      .refine(({ name }) => name !== "mute"),
    reply: z.object({}),
    errors: [],
  },
  async () => ({}),
);

async function refused(payload: object, language = "en"): Promise<{ field?: string; message: string }> {
  const headers = { ...as("shopper", "acc_1"), "accept-language": language };
  const answer = await http.fastify.inject({ method: "POST", url: "/ruled", payload, headers });
  assert.equal(answer.statusCode, 400);
  return answer.json().error;
}

test("a rule that no schema can say is told in its own words, with its field where it has one", async () => {
  const twice = await refused({ name: "tea", tags: ["a", "a"] });
  assert.deepEqual([twice.field, twice.message], ["tags", "Name each tag once."]);
  const named = await refused({ name: "named" });
  assert.deepEqual([named.field, named.message], ["name", "Not this name."]);
  const whole = await refused({ name: "both" });
  assert.deepEqual([whole.field, whole.message], [undefined, "Send this or that, not both."]);
  assert.match((await refused({ name: "mute" })).message, /documented shape/);
});

test("in Korean the field is named and that its value will not do", async () => {
  assert.match((await refused({ name: "tea", tags: ["a", "a"] }, "ko")).message, /"tags" 항목/);
  assert.match((await refused({ name: "both" }, "ko")).message, /[가-힣]/);
});
