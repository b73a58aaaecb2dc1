import { z } from "zod";
import { Instant } from "./envelope.ts";

const short = z.string().trim().min(1).max(5_000);
const long = z.string().trim().min(1).max(20_000);

/** The texts that a bank reads; Stripe's fields (https://docs.stripe.com/api/disputes/evidence_object) in our spelling. */
const texts = {
  productDescription: long,
  customerName: short,
  customerEmailAddress: short,
  shippingAddress: short,
  shippingCarrier: short,
  shippingTrackingNumber: short,
  shippingDate: short,
  serviceDate: short,
  accessActivityLog: long,
  refundPolicyDisclosure: long,
  refundRefusalExplanation: long,
  duplicateChargeExplanation: long,
  uncategorizedText: long,
} as const;

export const DisputeTexts = z.strictObject(texts).partial();
export type DisputeTexts = z.infer<typeof DisputeTexts>;

/** All of it together, as Stripe has it. */
const charactersMax = 150_000;

export const DisputeAnswerBody = z.strictObject({
  evidence: DisputeTexts.refine((told) => Object.keys(told).length > 0, {
    message: "There is nothing to tell the bank.",
  }).refine((told) => Object.values(told).reduce((sum, text) => sum + (text?.length ?? 0), 0) <= charactersMax, {
    message: "It is more than a bank takes.",
  }),
});

/** What was answered, and what came of it. */
export const DisputeAnswer = z.object({
  answerId: z.string(),
  /** `started`: it is being sent. `unknown`: it may have been; that is being found out. */
  status: z.enum(["started", "unknown", "submitted", "refused"]),
  /** Why not, as the provider's code; or what kept it from answering. */
  error: z.string().nullable(),
  askedBy: z.string(),
  askedAt: Instant,
  settledAt: Instant.nullable(),
  evidence: z.record(z.string(), z.string()),
});

/** Of one order of files: what was given, when it was fetched, and what the buyer agreed to. */
export const DisputeProof = z.object({
  museOrderNumber: z.string(),
  grantedAt: Instant,
  revokedAt: Instant.nullable(),
  downloadCount: z.int(),
  /** The latest of them. Without a file's name links were given out; the network is where they were asked from. */
  downloads: z.array(z.object({ at: Instant, fileName: z.string().nullable(), network: z.string().nullable() })),
  waiver: z.object({ wording: z.string(), language: z.enum(["en", "ko"]), waivedAt: Instant }).nullable(),
});

/** A session of the shopper's account that is still there. */
export const DisputeSignIn = z.object({
  at: Instant,
  lastSeenAt: Instant,
  address: z.string().nullable(),
  device: z.string().nullable(),
});
