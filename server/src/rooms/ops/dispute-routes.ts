import { DisputeParams, DisputeReport, Disputes, DisputesQuery } from "@muse/contracts/ledger";
import type { Language } from "@muse/contracts/error";
import type { z } from "zod";
import { toWire } from "#kernel/money.ts";
import { problem } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { displayMinor } from "#rooms/order";
import {
  disputeEvidence,
  disputeList,
  disputeRead,
  type DisputeEvidenceRow,
  type DisputeReadRow,
} from "./dispute.sql.gen.ts";

const base = "/api/v1/admin/disputes";
type Report = z.input<typeof DisputeReport>;
type Evidence = Report["evidence"];

/** What shoppers' banks ask back, and what we hold against it. */
export function disputeRoutes(http: HttpServer): void {
  const read = { method: "GET", tags: ["Operations"], auth: "ops" } as const;
  route(
    http,
    {
      ...read,
      url: base,
      summary: "List disputes: those whose evidence is due first, then the newest",
      query: DisputesQuery,
      reply: Disputes,
      errors: [],
    },
    async ({ db, query: { limit, offset, open }, language }) => {
      const of = { isOpen: open === undefined ? null : open === "true" };
      const rows = await disputeList(db, { ...of, limit, offset });
      const [first] = rows.length > 0 || offset === 0 ? rows : await disputeList(db, { ...of, limit: 1, offset: 0 });
      return { disputes: rows.map((row) => presentDispute(row, language)), total: toWire(first?.total ?? 0n) };
    },
  );
  route(
    http,
    {
      ...read,
      url: `${base}/:disputeId`,
      summary: "Read a dispute, with the evidence that is held",
      params: DisputeParams,
      reply: DisputeReport,
      errors: ["dispute_not_found"],
    },
    async ({ db, params, language }) => {
      const dispute = await disputeRead(db, params);
      if (dispute === null) return problem("dispute_not_found");
      const evidence = await disputeEvidence(db, { paymentId: dispute.paymentId });
      return {
        ...presentDispute(dispute, language),
        evidence: presentEvidence(evidence, dispute.currency, language),
      };
    },
  );
}

function presentDispute(row: DisputeReadRow, language: Language): Omit<Report, "evidence"> {
  const { currency } = row;
  return {
    disputeId: row.disputeId,
    provider: row.provider,
    paymentId: row.paymentId,
    checkoutSessionId: row.sessionId,
    status: row.status as Report["status"],
    reason: row.reason,
    amountCents: toWire(row.amountMinor),
    amountDisplay: displayMinor(row.amountMinor, currency, language),
    withdrawnCents: toWire(row.withdrawnMinor),
    withdrawnDisplay: displayMinor(row.withdrawnMinor, currency, language),
    currency,
    evidenceDueAt: row.evidenceDueAt?.toISOString() ?? null,
    openedAt: row.openedAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
  };
}

type OrderRow = Omit<Evidence["orders"][number], "totalCents" | "totalDisplay"> & { readonly totalMinor: number };

function presentEvidence(row: DisputeEvidenceRow, currency: string, language: Language): Evidence {
  const display = (minor: bigint): string => displayMinor(minor, currency, language);
  return {
    contactEmail: row.contactEmail,
    startedAt: row.startedAt.toISOString(),
    paidAt: row.paidAt?.toISOString() ?? null,
    chargedCents: toWire(row.amountMinor),
    chargedDisplay: display(row.amountMinor),
    refundedCents: toWire(row.refundedMinor),
    refundedDisplay: display(row.refundedMinor),
    providerRef: row.providerRef,
    attempts: (row.attempts as Evidence["attempts"]).map(atInstant),
    orders: (row.orders as readonly OrderRow[]).map(({ totalMinor, ...order }) => ({
      ...order,
      totalCents: totalMinor,
      totalDisplay: display(BigInt(totalMinor)),
      history: order.history.map(atInstant),
      parcels: order.parcels.map((parcel) => ({
        ...parcel,
        deliveredAt: parcel.deliveredAt === null ? null : new Date(parcel.deliveredAt).toISOString(),
      })),
    })),
    mails: (row.mails as Evidence["mails"]).map(atInstant),
  };
}

/** PostgreSQL writes times in JSON with its zone's offset. */
function atInstant<Fact extends { readonly at: string }>(fact: Fact): Fact {
  return { ...fact, at: new Date(fact.at).toISOString() };
}
