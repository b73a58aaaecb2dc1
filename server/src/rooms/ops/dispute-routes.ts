import { DisputeAnswer, DisputeAnswerBody } from "@muse/contracts/dispute-answer";
import { DisputeParams, DisputeReport, Disputes, DisputesQuery } from "@muse/contracts/ledger";
import type { Language } from "@muse/contracts/error";
import type { z } from "zod";
import { must } from "#kernel/assert.ts";
import { systemClock } from "#kernel/clock.ts";
import { newId } from "#kernel/ids.ts";
import { toWire } from "#kernel/money.ts";
import { problem } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { displayMinor } from "#rooms/order";
import { putDisputeAnswer } from "#rooms/payment";
import {
  disputeAnswers,
  disputeEvidence,
  disputeList,
  disputeRead,
  type DisputeAnswersRow,
  type DisputeEvidenceRow,
  type DisputeReadRow,
} from "./dispute.sql.gen.ts";
import { draftEvidence, type ShipTo } from "./draft-evidence.ts";
import { recordBy } from "./record-audit.ts";

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
      const [held, answers] = await Promise.all([
        disputeEvidence(db, { paymentId: dispute.paymentId }),
        disputeAnswers(db, params),
      ]);
      return {
        ...presentDispute(dispute, language),
        evidence: presentEvidence(held, dispute.currency, language),
        canAnswer: canAnswer(dispute, answers),
        answers: answers.map(presentAnswer),
        // Amounts as a bank reads them, whoever looks.
        draft: draftEvidence(presentEvidence(held, dispute.currency, "en"), held.shippingAddress as ShipTo | null),
      };
    },
  );
  answerRoute(http);
}

function answerRoute(http: HttpServer): void {
  route(
    http,
    {
      method: "POST",
      url: `${base}/:disputeId/answer`,
      summary: "Answer a dispute: what goes to the bank as evidence",
      description:
        "Written down at once and sent by a worker; the dispute says what came of it. A bank takes one answer: another " +
        "is possible only when the provider has refused the one before.",
      tags: ["Operations"],
      auth: "ops",
      params: DisputeParams,
      body: DisputeAnswerBody,
      digitFields: ["shippingTrackingNumber"],
      reply: DisputeAnswer,
      errors: ["dispute_not_found", "dispute_closed", "dispute_answered"],
      idempotent: "transaction",
    },
    async ({ db, account, params: { disputeId }, body }) => {
      const answerId = newId("dan");
      const evidence = Object.fromEntries(
        Object.entries(body.evidence).flatMap(([field, text]) =>
          text === undefined ? [] : [[providerField(field), text]],
        ),
      ) as Record<string, string>;
      const put = await putDisputeAnswer(db, { answerId, disputeId, evidence, askedBy: account.accountId });
      if (put === "not_found") return problem("dispute_not_found");
      if (put !== "started") return problem(`dispute_${put}`);
      await recordBy(db, account, {
        action: "dispute.answer",
        subject: disputeId,
        detail: { answerId, fields: Object.keys(evidence) },
      });
      return presentAnswer(must((await disputeAnswers(db, { disputeId }))[0], "it was written a moment ago"));
    },
  );
}

/** Once each time that it is open, as `payment.dispute_answer_1` takes it; a refused one may be mended. */
function canAnswer(
  { status, evidenceDueAt, openedCount }: DisputeReadRow,
  answers: readonly DisputeAnswersRow[],
): boolean {
  const isWaiting = status === "needs_response" || status === "inquiry";
  const isInTime = evidenceDueAt === null || evidenceDueAt.getTime() > systemClock.now().getTime();
  return (
    isWaiting && isInTime && answers.every((answer) => answer.status === "refused" || answer.opening < openedCount)
  );
}

function presentAnswer({
  askedAt,
  settledAt,
  evidence,
  opening: _opening,
  ...row
}: DisputeAnswersRow): Report["answers"][number] {
  return {
    ...row,
    askedAt: askedAt.toISOString(),
    settledAt: settledAt?.toISOString() ?? null,
    evidence: evidence as Record<string, string>,
  };
}

/** `customerName` as Stripe writes it. */
function providerField(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function presentDispute(
  row: Omit<DisputeReadRow, "openedCount">,
  language: Language,
): Omit<Report, "evidence" | "canAnswer" | "answers" | "draft"> {
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
        deliveredAt: parcel.deliveredAt === null ? null : instant(parcel.deliveredAt),
      })),
    })),
    mails: (row.mails as Evidence["mails"]).map(atInstant),
    proofs: (row.proofs as Evidence["proofs"]).map(presentProof),
    signIns: (row.signIns as Evidence["signIns"]).map((signIn) => ({
      ...atInstant(signIn),
      lastSeenAt: instant(signIn.lastSeenAt),
    })),
  };
}

function presentProof(proof: Evidence["proofs"][number]): Evidence["proofs"][number] {
  const { waiver, grantedAt, revokedAt, downloads } = proof;
  return {
    ...proof,
    grantedAt: instant(grantedAt),
    revokedAt: revokedAt === null ? null : instant(revokedAt),
    downloads: downloads.map(atInstant),
    waiver: waiver === null ? null : { ...waiver, waivedAt: instant(waiver.waivedAt) },
  };
}

function atInstant<Fact extends { readonly at: string }>(fact: Fact): Fact {
  return { ...fact, at: instant(fact.at) };
}

/** PostgreSQL writes times in JSON with its zone's offset. */
function instant(at: string): string {
  return new Date(at).toISOString();
}
