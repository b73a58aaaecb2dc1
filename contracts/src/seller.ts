import { z } from "zod";
import { CatalogId } from "./catalog.ts";
import { AmountCents, AmountDisplay, Instant, OrderNumber, PageQuery, PriceCents } from "./envelope.ts";
import { LibraryFile } from "./library.ts";
import { PaymentStatus } from "./order.ts";
import { sellerCurrencies, sellerRanges, verificationLevels } from "./seller-choices.ts";

export const SellerCurrency = z.enum(sellerCurrencies);
export type SellerCurrency = z.infer<typeof SellerCurrency>;

export const VerificationLevel = z.enum(verificationLevels);

export const SellerBody = z.strictObject({
  displayName: z.string().trim().min(1).max(60),
  about: z.string().trim().max(1000).default(""),
  /** The contract that was read and agreed to. */
  contractVersion: z.string().min(1).max(40),
});
export const SellerProfileBody = SellerBody.omit({ contractVersion: true });

export const SellerView = z.object({
  sellerId: z.string(),
  displayName: z.string(),
  about: z.string(),
  verificationLevel: VerificationLevel,
  contractVersion: z.string(),
  contractAcceptedAt: Instant,
  /** What Muse keeps of a sale before tax, in hundredths of a per cent. */
  feeBasisPoints: z.int(),
  /** Nothing of theirs is sold or paid out, and why; null: they may sell. */
  suspendedAt: Instant.nullable(),
  suspendedReason: z.string().nullable(),
  /** How many products may be published at once at this level; null: all that they may have (`products_too_many`). */
  publishedMax: z.int().nullable(),
});
export type SellerView = z.infer<typeof SellerView>;

const productFields = {
  title: z.string().trim().min(1).max(140),
  description: z.string().trim().max(8000).default(""),
  category: z.string().trim().min(1).max(60).nullable().default(null),
  currency: SellerCurrency,
  priceCents: PriceCents,
  /** How many copies there will ever be; null: no limit. Fixed with the first publishing, as the currency is. */
  editionLimit: z.int().min(1).max(1_000_000).nullable().default(null),
};
export const SellerProductBody = z.strictObject(productFields);
export type SellerProductBody = z.output<typeof SellerProductBody>;

export const SellerProductParams = z.strictObject({ productId: CatalogId });
export const SellerFileParams = z.strictObject({ productId: CatalogId, fileId: CatalogId });

export const SellerProduct = z.object({
  productId: z.string(),
  title: z.string(),
  description: z.string(),
  category: z.string().nullable(),
  currency: SellerCurrency,
  priceCents: PriceCents,
  priceDisplay: AmountDisplay,
  editionLimit: z.int().nullable(),
  /** Copies that are out; of unlimited ones how many were sold. */
  copiesSold: z.int(),
  status: z.enum(["draft", "published", "withdrawn"]),
  /** What shoppers see is older than what stands here. */
  hasUnpublishedChanges: z.boolean(),
  isFixed: z.boolean(),
  publishedAt: Instant.nullable(),
  updatedAt: Instant,
  files: z.array(LibraryFile.extend({ isScanned: z.boolean() })),
});
export type SellerProduct = z.infer<typeof SellerProduct>;
export const SellerProductDeleted = z.object({ isDeleted: z.literal(true) });
export const SellerProductsQuery = z.strictObject(PageQuery);
export const SellerProducts = z.object({ products: z.array(SellerProduct), totalProducts: z.int() });
export type SellerProducts = z.infer<typeof SellerProducts>;

export const UploadBody = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^[^/\\<>:"|?*\p{Cc}]+$/u),
  sizeBytes: z.int().min(1),
});
/** Pieces are numbered from 0; each is `pieceBytes` long but the last. */
export const UploadView = z.object({
  uploadId: z.string(),
  name: z.string(),
  sizeBytes: z.int(),
  pieceBytes: z.int(),
  pieceCount: z.int(),
});
export const UploadParams = z.strictObject({ uploadId: CatalogId });
export const PieceParams = z.strictObject({ uploadId: CatalogId, piece: z.coerce.number().int().min(0).max(100_000) });
export const PieceTaken = z.object({ piece: z.int(), sizeBytes: z.int() });

export const SalesQuery = z.strictObject({ ...PageQuery, currency: SellerCurrency.optional() });
export const Sale = z.object({
  museOrderNumber: OrderNumber,
  productId: z.string(),
  title: z.string(),
  soldAt: Instant,
  currency: SellerCurrency,
  paymentStatus: PaymentStatus,
  /** Before tax. */
  grossCents: PriceCents,
  refundedCents: PriceCents,
  feeCents: PriceCents,
  netCents: AmountCents,
  grossDisplay: AmountDisplay,
  refundedDisplay: AmountDisplay,
  feeDisplay: AmountDisplay,
  netDisplay: AmountDisplay,
});
export type Sale = z.infer<typeof Sale>;
export const Sales = z.object({ sales: z.array(Sale), totalSales: z.int() });
export type Sales = z.infer<typeof Sales>;

export const SellerFiguresQuery = z.strictObject({ range: z.enum(sellerRanges).default("30d") });

const Money = { grossCents: PriceCents, feeCents: PriceCents, netCents: AmountCents };
const MoneyDisplay = { grossDisplay: AmountDisplay, feeDisplay: AmountDisplay, netDisplay: AmountDisplay };
export const SellerFigures = z.object({
  range: z.enum(sellerRanges),
  bucketDays: z.int(),
  currencies: z.array(
    z.object({
      currency: SellerCurrency,
      sales: z.int(),
      ...Money,
      ...MoneyDisplay,
      refundedCents: PriceCents,
      refundedDisplay: AmountDisplay,
      buckets: z.array(z.object({ at: Instant, sales: z.int(), ...Money })),
    }),
  ),
  /** The best-selling first. */
  products: z.array(
    z.object({
      productId: z.string(),
      title: z.string(),
      currency: SellerCurrency,
      sales: z.int(),
      netCents: AmountCents,
      netDisplay: AmountDisplay,
      downloads: z.int(),
    }),
  ),
});
export type SellerFigures = z.infer<typeof SellerFigures>;

export const StatementQuery = z.strictObject({
  currency: SellerCurrency,
  /** A month of UTC. */
  month: z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/),
});
