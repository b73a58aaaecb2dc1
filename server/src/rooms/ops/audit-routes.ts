import { AuditQuery, AuditTrail } from "@muse/contracts/ops";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { auditList, type AuditListRow } from "./ops.sql.gen.ts";

export function auditRoutes(http: HttpServer): void {
  route(
    http,
    {
      method: "GET",
      url: "/api/v1/admin/audit",
      summary: "Read who did what, newest first",
      description:
        "With `subject`, only what was done to one order, store or event; with `action` and `accountId`, what and by whom.",
      tags: ["Operations"],
      auth: "ops",
      query: AuditQuery,
      reply: AuditTrail,
      errors: [],
    },
    async ({ db, query }) => {
      const { subject = null, action = null, accountId = null, cursor, limit } = query;
      // One more than asked for tells whether there is a next page.
      const rows = await auditList(db, {
        subject,
        action,
        accountId,
        beforeId: cursor === undefined ? null : BigInt(cursor),
        limit: limit + 1,
      });
      const shown = rows.slice(0, limit);
      return {
        entries: shown.map(presentEntry),
        nextCursor: rows.length > limit ? String(shown.at(-1)?.auditId) : null,
      };
    },
  );
}

export function presentEntry({ auditId, at, detail, ...entry }: AuditListRow) {
  return { ...entry, auditId: String(auditId), at: at.toISOString(), detail: detail as Record<string, unknown> };
}
