/** That a route's description and what its handler does cannot part. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { openTestDb } from "../../../test/db.ts";
import { answer, problem } from "./problem.ts";
import { route } from "./route.ts";
import { testServer } from "./test-server.ts";

const { pool } = await openTestDb();
const { http } = testServer(pool, { reference: true });
const { fastify } = http;

route(
  http,
  {
    method: "POST",
    url: "/things",
    summary: "Make a thing",
    tags: ["test"],
    auth: "none",
    body: z.strictObject({ name: z.string() }),
    reply: z.object({}),
    errors: [],
  },
  async () => ({}),
);
route(
  http,
  {
    method: "POST",
    url: "/hook",
    summary: "Take bytes",
    tags: ["test"],
    auth: "none",
    rawBody: true,
    shownBody: z.object({ type: z.string() }),
    headers: ["Stripe-Signature"],
    reply: z.object({}),
    errors: [],
  },
  async () => ({}),
);
route(
  http,
  { method: "POST", url: "/bare", summary: "Do it", tags: ["test"], auth: "none", reply: z.object({}), errors: [] },
  async () => ({}),
);
const loose = {
  method: "POST",
  url: "/loose",
  summary: "Say too much",
  tags: ["test"],
  auth: "none",
  body: z.strictObject({ name: z.string() }).nullish(),
  reply: z.object({ name: z.string() }),
  errors: ["product_not_found"],
} as const;
// @ts-expect-error -- 201 is not among its statuses
route(http, loose, async () => answer({ name: "new" }, { status: 201 }));
// Compiled alone; what is hung is the one above.
export const uncompiled = [
  // @ts-expect-error -- nor is this among its errors
  () => route(http, loose, async () => problem("out_of_stock")),
  // @ts-expect-error -- nor If-Match among its headers
  () => route(http, loose, async ({ request }) => ({ name: request.headers["if-match"] ?? "" })),
];
route(
  http,
  {
    method: "GET",
    url: "/kept",
    summary: "Keep it",
    tags: ["test"],
    auth: "none",
    publicForS: 60,
    reply: z.object({}),
    errors: [],
  },
  async () => ({}),
);

test("the reference shows a body that is read as bytes, its signature, and answers without content", async () => {
  const { paths } = (await fastify.inject({ method: "GET", url: "/api/openapi.json" })).json();
  const hook = paths["/hook"].post;
  assert.deepEqual(hook.requestBody.content["application/json"].schema.required, ["type"]);
  assert.deepEqual(
    hook.parameters.map((one: { name: string; in: string }) => [one.name, one.in]),
    [["Stripe-Signature", "header"]],
  );
  assert.equal(paths["/things"].post.requestBody.required, true);
  assert.equal(paths["/loose"].post.requestBody.required, false);
  assert.equal(paths["/kept"].get.responses["304"].content, undefined);
  assert.equal(paths["/kept"].get.parameters[0].name, "If-None-Match");
});

test("a status, a code or a header that its description does not name does not compile, and a status is a bug", async () => {
  const refused = await fastify.inject({ method: "POST", url: "/loose" });
  assert.deepEqual([refused.statusCode, refused.json().error.code], [500, "internal"]);
});

test("a route that takes no body says so, and that it refuses one", async () => {
  const { paths } = (await fastify.inject({ method: "GET", url: "/api/openapi.json" })).json();
  assert.equal(paths["/bare"].post.requestBody, undefined);
  const refused = await fastify.inject({ method: "POST", url: "/bare", payload: { name: "tea" } });
  assert.deepEqual([refused.statusCode, refused.json().error.code], [400, "unknown_field"]);
  const codes =
    paths["/bare"].post.responses["400"].content["application/json"].schema.properties.error.properties.code;
  assert.ok(codes.enum.includes("unknown_field"));
  for (const status of ["413", "415"]) assert.ok(paths["/bare"].post.responses[status], status);
});
