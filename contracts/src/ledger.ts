import { z } from "zod";
import { DisputeAnswer, DisputeProof, DisputeSignIn, DisputeTexts } from "./dispute-answer.ts";
import {
  AmountCents,
  AmountDisplay,
  Currency,
  Instant,
  OrderNumber,
  PageQuery,
  PaymentId,
  PriceCents,
  SessionId,
} from "./envelope.ts";

const Provider = z.enum(["stripe", "toss"]);
const ReconciliationId = z.string().regex(/^rec_[0-9A-Za-z]{6,64}$/);

/** A seller's is their account's id. */
const OwnerId = z.string().min(1).max(100);

export const LedgerBalances = z.object({
  balances: z.array(
    z.object({
      account: z.enum([
        "provider_clearing",
        "shopper_funds",
        "store_payable",
        "seller_payable",
        "platform_fee",
        "shipping",
        "tax",
        "refunds",
        "disputes",
        "dispute_losses",
        "payouts",
        "bank",
      ]),
      /** The provider, store or seller whose balance it is; null where an account has one. */
      ownerId: z.string().nullable(),
      ownerName: z.string().nullable(),
      currency: Currency,
      /** What is held or was lost as it is; what is owed to somebody above zero. */
      balanceCents: AmountCents,
      balanceDisplay: AmountDisplay,
      postings: z.int(),
    }),
  ),
});

/** A month in UTC, such as 2026-11. */
export const StatementQuery = z.strictObject({ month: z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/) });
export const StoreStatementParams = z.strictObject({ storeId: OwnerId });
export const SellerStatementParams = z.strictObject({ sellerId: OwnerId });

const Reconciliation = z.object({
  reconciliationId: ReconciliationId,
  provider: Provider,
  /** What was booked from here (inclusive) to there (exclusive) was compared. */
  from: Instant,
  to: Instant,
  /** `failed`: the provider could not be asked to the end, so nothing is known. */
  status: z.enum(["running", "finished", "failed"]),
  /** Null for the one of every night. */
  requestedBy: z.string().nullable(),
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  /** Lines of the provider's own books. */
  recordCount: z.int(),
  differenceCount: z.int(),
});

export const ReconciliationsQuery = z.strictObject(PageQuery);
export const Reconciliations = z.object({ reconciliations: z.array(Reconciliation), total: z.int() });

/** Whose own books the worker can fetch. */
const ComparedProvider = z.enum(["stripe", "toss"]);
export const ReconcileBody = z.strictObject({ provider: ComparedProvider });
export const ReconcileAsked = z.object({ provider: ComparedProvider, status: z.literal("queued") });

export const ReconciliationParams = z.strictObject({ reconciliationId: ReconciliationId });

export const ReconciliationReport = Reconciliation.extend({
  sums: z.array(
    z.object({
      currency: Currency,
      kind: z.enum(["charge", "refund", "refund_failure", "dispute", "other"]),
      count: z.int(),
      amountCents: AmountCents,
      amountDisplay: AmountDisplay,
      feeCents: AmountCents,
      feeDisplay: AmountDisplay,
    }),
  ),
  /** The first five hundred. */
  differences: z.array(
    z.object({
      number: z.int(),
      /** Such as charge_unrecorded, refund_amount, dispute_unrecorded, ledger_missing. */
      kind: z.string(),
      /** Our payment, refund or dispute; the provider's object where we have none. */
      subject: z.string(),
      paymentId: z.string().nullable(),
      providerRef: z.string().nullable(),
      museOrderNumbers: z.array(OrderNumber),
      currency: Currency.nullable(),
      /** Null: it does not stand here at all. Of `ledger_…`: what stands in the ledger, against the payment. */
      oursCents: AmountCents.nullable(),
      oursDisplay: AmountDisplay.nullable(),
      theirsCents: AmountCents.nullable(),
      theirsDisplay: AmountDisplay.nullable(),
    }),
  ),
});

const DisputeStatus = z.enum(["inquiry", "inquiry_closed", "needs_response", "under_review", "won", "lost"]);

const Dispute = z.object({
  /** The provider's. */
  disputeId: z.string(),
  provider: Provider,
  paymentId: PaymentId,
  checkoutSessionId: SessionId,
  status: DisputeStatus,
  /** The provider's code for the shopper's complaint. */
  reason: z.string(),
  amountCents: PriceCents,
  amountDisplay: AmountDisplay,
  /** What the provider has taken of us for it at this moment. */
  withdrawnCents: PriceCents,
  withdrawnDisplay: AmountDisplay,
  currency: Currency,
  evidenceDueAt: Instant.nullable(),
  openedAt: Instant,
  closedAt: Instant.nullable(),
});

export const DisputesQuery = z.strictObject({ ...PageQuery, open: z.enum(["true", "false"]).optional() });
export const Disputes = z.object({ disputes: z.array(Dispute), total: z.int() });

export const DisputeParams = z.strictObject({ disputeId: z.string().regex(/^[A-Za-z0-9_]{3,255}$/) });

/** A dispute with what we hold that speaks for us. */
export const DisputeReport = Dispute.extend({
  evidence: z.object({
    contactEmail: z.string().nullable(),
    startedAt: Instant,
    paidAt: Instant.nullable(),
    chargedCents: PriceCents,
    chargedDisplay: AmountDisplay,
    refundedCents: PriceCents,
    refundedDisplay: AmountDisplay,
    providerRef: z.string().nullable(),
    /** How the shopper paid: each try, and whether their bank asked them itself. */
    attempts: z.array(z.object({ number: z.int(), status: z.string(), at: Instant })),
    orders: z.array(
      z.object({
        museOrderNumber: OrderNumber,
        storeName: z.string(),
        storeOrderNumber: z.string().nullable(),
        status: z.string(),
        totalCents: PriceCents,
        totalDisplay: AmountDisplay,
        items: z.array(z.object({ title: z.string(), quantity: z.int() })),
        history: z.array(z.object({ to: z.string(), at: Instant })),
        parcels: z.array(
          z.object({
            carrier: z.string(),
            trackingNumber: z.string(),
            status: z.string(),
            deliveredAt: Instant.nullable(),
          }),
        ),
      }),
    ),
    /** What was written to the shopper about it. */
    mails: z.array(z.object({ kind: z.string(), at: Instant, isSent: z.boolean() })),
    /** Of the orders of files. */
    proofs: z.array(DisputeProof),
    signIns: z.array(DisputeSignIn),
  }),
  /** Whether it can be answered now: it waits for evidence, is in time, and nothing is on its way. */
  canAnswer: z.boolean(),
  /** The latest first; more than one only where those before were refused. */
  answers: z.array(DisputeAnswer),
  /** What we hold, written as a bank reads it; in English. */
  draft: DisputeTexts,
});
