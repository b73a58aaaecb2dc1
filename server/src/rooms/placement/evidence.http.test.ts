import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { as, testServer } from "#platform/http/test-server.ts";
import { openTestDb } from "../../../test/db.ts";
import { paidOrder, type PaidOrder } from "../../../test/paid-orders.ts";
import { permit } from "../../../test/permit.ts";
import { deleteEvidence, visitFolder } from "./evidence.ts";
import { evidenceRoutes } from "./evidence-routes.ts";
import { placementsClaim } from "./placement.sql.gen.ts";
import { placementsErase } from "./privacy.sql.gen.ts";

const { pool } = await openTestDb();
const { http } = testServer(pool);
const root = mkdtempSync(join(tmpdir(), "muse-evidence-"));
after(() => rmSync(root, { recursive: true, force: true }));
const folder = join(root, "evidence");
evidenceRoutes(http, folder);

const get = async (url: string, role: "ops" | "shopper" = "ops") =>
  await http.fastify.inject({ method: "GET", url, headers: as(role, "acc_somebody") });
const fileUrl = (attemptId: string, path: string): string => `/api/v1/admin/attempts/${attemptId}/evidence/${path}`;
const attemptsUrl = ({ orderNumber }: PaidOrder): string => `/api/v1/admin/orders/${orderNumber}/attempts`;

/** An order with a browser at it, that has left two steps of its way. */
async function visited(): Promise<{ readonly order: PaidOrder; readonly attemptId: string }> {
  const order = await paidOrder(pool, { connector: "pages" });
  await pool.query("update store.tier set method = 'headless' where store_id = $1 and position = 1", [order.storeId]);
  await pool.query("update placement.placement set method = 'headless' where order_number = $1", [order.orderNumber]);
  await permit(pool, order.storeId);
  const claims = await placementsClaim(pool, { workerId: "w", methods: ["headless"], countMax: 100 });
  const attemptId = claims.find(({ orderNumber }) => orderNumber === order.orderNumber)?.attemptId ?? "";
  const place = visitFolder(folder, attemptId, "place");
  mkdirSync(place, { recursive: true });
  const startedAt = "2026-11-21T10:00:00.000Z";
  const steps = ["open", "review"].map((name, index) => ({
    number: index + 1,
    name,
    startedAt,
    ms: 12,
    result: index === 0 ? "done" : "stopped",
    note: index === 0 ? null : "captcha: the shop shows it",
    path: "/",
    picture: index === 0 ? "01-open.png" : null,
  }));
  const outcome = { kind: "unavailable", reason: "captcha", detail: "review: the shop shows it" };
  const list = { version: 1, connector: "pages", kind: "place", startedAt, outcome, steps };
  writeFileSync(join(place, "steps.json"), JSON.stringify(list));
  writeFileSync(join(place, "01-open.png"), "picture");
  writeFileSync(join(place, "trace.zip"), "trace");
  writeFileSync(join(place, "secret.txt"), "not ours");
  return { order, attemptId };
}

test("the desk lists every step, and fetches what each left, to be kept and not to be opened in place", async () => {
  const { order, attemptId } = await visited();
  const { attempts } = (await get(attemptsUrl(order))).json().data;
  const [visit] = attempts[0].visits;
  assert.deepEqual([attempts[0].attemptId, visit.visit, visit.files], [attemptId, "place", ["trace.zip"]]);
  assert.deepEqual(
    visit.steps.map(({ name, result, picture }: Record<string, string>) => [name, result, picture]),
    [
      ["open", "done", "01-open.png"],
      ["review", "stopped", null],
    ],
  );
  const picture = await get(fileUrl(attemptId, "place/01-open.png"));
  assert.deepEqual([picture.statusCode, picture.body, picture.headers["content-type"]], [200, "picture", "image/png"]);
  assert.match(String(picture.headers["content-disposition"]), /^attachment; filename="pla_\w+-place-01-open\.png"$/);
  assert.equal(picture.headers["x-content-type-options"], "nosniff");
});

test("P3: a shopper reaches none of it, not even their own", async () => {
  const { order, attemptId } = await visited();
  assert.equal((await get(attemptsUrl(order), "shopper")).statusCode, 403);
  assert.equal((await get(fileUrl(attemptId, "place/trace.zip"), "shopper")).statusCode, 403);
});

test("names that no visit makes, and links that lead out of the folder, are answered as if nothing were there", async () => {
  const { attemptId } = await visited();
  writeFileSync(join(root, "outside.png"), "elsewhere");
  symlinkSync(join(root, "outside.png"), join(visitFolder(folder, attemptId, "place"), "02-link.png"));
  symlinkSync(root, join(folder, attemptId, "cancel-1"));
  for (const path of [
    "place/secret.txt",
    "place/02-link.png",
    "cancel-1/outside.png",
    "place/99-none.png",
    "place/..%2f..%2foutside.png",
    "..%2f/trace.zip",
    "place/%00.png",
  ]) {
    const answer = await get(fileUrl(attemptId, path));
    assert.ok([400, 404].includes(answer.statusCode), `${path}: ${answer.statusCode}`);
    assert.ok(!answer.body.includes("elsewhere"), path);
  }
  assert.equal(
    (await get(fileUrl(`pla_${"0".repeat(32)}`, "place/trace.zip"))).json().error.code,
    "evidence_not_found",
  );
});

test("a half-written list hides one visit and nothing else; an order without a browser has attempts without visits", async () => {
  const { order, attemptId } = await visited();
  const half = visitFolder(folder, attemptId, "look-up-1");
  mkdirSync(half);
  writeFileSync(join(half, "steps.json"), '{"version": 1, "steps": [');
  const { attempts } = (await get(attemptsUrl(order))).json().data;
  assert.deepEqual(
    attempts[0].visits.map(({ visit }: { visit: string }) => visit),
    ["place"],
  );
  const plain = await paidOrder(pool, {});
  assert.deepEqual((await get(attemptsUrl(plain))).json().data.attempts, []);
  assert.equal((await get("/api/v1/admin/orders/MO-2222222222/attempts")).statusCode, 404);
});

test("after thirty days it is deleted; of somebody who was erased at once, and hidden before that", async () => {
  const [kept, old, erased] = [await visited(), await visited(), await visited()];
  await pool.query("update placement.attempt set evidence_until = now() where attempt_id = $1", [old.attemptId]);
  await placementsErase(pool, { accountIds: [erased.order.accountId] });
  assert.deepEqual((await get(attemptsUrl(erased.order))).json().data.attempts[0].visits, []);
  assert.equal((await get(fileUrl(erased.attemptId, "place/trace.zip"))).statusCode, 404);

  await deleteEvidence(pool, folder);
  assert.deepEqual(
    [kept, old, erased].map(({ attemptId }) => existsSync(join(folder, attemptId))),
    [true, false, false],
  );
  const { rows } = await pool.query(
    "select count(*)::int as n from placement.attempt where attempt_id = any ($1) and evidence_until is null",
    [[old.attemptId, erased.attemptId]],
  );
  assert.equal(rows[0].n, 2);
  assert.equal(await deleteEvidence(pool, folder), 0);
});
