import { OrderParams } from "@muse/contracts/order";
import { EvidenceFileParams, OrderAttempts } from "@muse/contracts/placement";
import type { z } from "zod";
import { fileRoute } from "#platform/http/file-route.ts";
import { problem } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { openEvidenceFile, readEvidence } from "./evidence.ts";
import { attemptsOfOrder, evidenceOf } from "./placement.sql.gen.ts";

const tags = ["Manual orders"] as const;

type Attempt = z.output<typeof OrderAttempts>["attempts"][number];

/** What operators look at when they have to find out what happened: every try, and what a browser saw on its way. */
export function evidenceRoutes(http: HttpServer, evidenceFolder: string): void {
  route(
    http,
    {
      method: "GET",
      url: "/api/v1/admin/orders/:orderNumber/attempts",
      summary: "Read every try at an order's store, and what browsers saw",
      description:
        "Steps with their times, pictures with personal fields painted over, an outline of the last page, and a trace that `npx playwright show-trace` opens. Kept for thirty days, and not after its shopper was erased.",
      tags,
      auth: "ops",
      params: OrderParams,
      reply: OrderAttempts,
      errors: ["order_not_found"],
    },
    async ({ db, params }) => {
      const row = await attemptsOfOrder(db, params);
      if (row === null) return problem("order_not_found");
      const attempts = row.attempts as readonly Omit<Attempt, "visits">[];
      return {
        museOrderNumber: row.orderNumber,
        attempts: await Promise.all(attempts.map(async (attempt) => withVisits(evidenceFolder, attempt))),
      };
    },
  );
  fileRoute(
    http,
    {
      method: "GET",
      url: "/api/v1/admin/attempts/:attemptId/evidence/:visit/:file",
      summary: "Fetch a picture, an outline or a trace",
      tags,
      auth: "ops",
      params: EvidenceFileParams,
      produces: ["image/png", "application/zip", "text/plain", "application/json"],
      errors: ["evidence_not_found"],
    },
    async ({ db, params }) => {
      const file = (await evidenceOf(db, params)) === null ? null : await openEvidenceFile(evidenceFolder, params);
      if (file === null) return problem("evidence_not_found");
      const { contentType, content, name } = file;
      // A shop's words and pictures: never shown as a page of ours, whatever is in them.
      return { contentType, content, headers: { "content-disposition": `attachment; filename="${name}"` } };
    },
  );
}

async function withVisits(evidenceFolder: string, row: Omit<Attempt, "visits">): Promise<Attempt> {
  const attempt = {
    ...row,
    startedAt: new Date(row.startedAt).toISOString(),
    submittingAt: instantOf(row.submittingAt),
    endedAt: instantOf(row.endedAt),
    evidenceUntil: instantOf(row.evidenceUntil),
  };
  if (attempt.evidenceUntil === null) return { ...attempt, visits: [] };
  const visits = await readEvidence(evidenceFolder, attempt.attemptId);
  return {
    ...attempt,
    visits: visits.map(({ outcome, ...visit }) => ({
      ...visit,
      files: [...visit.files],
      steps: visit.steps.map((step) => ({ ...step, ms: Math.round(step.ms) })),
      outcome:
        outcome === null
          ? null
          : { kind: outcome.kind, reason: outcome.reason ?? null, detail: outcome.detail ?? null },
    })),
  };
}

/** PostgreSQL writes times in JSON with its zone's offset. */
function instantOf(text: string | null): string | null {
  return text === null ? null : new Date(text).toISOString();
}
