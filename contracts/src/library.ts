import { z } from "zod";
import { CatalogId } from "./catalog.ts";
import { Instant, OrderNumber, PageQuery } from "./envelope.ts";
import { waiverVersion } from "./withdrawal-waiver.ts";

export const LibraryFile = z.object({
  fileId: z.string(),
  name: z.string(),
  version: z.int(),
  contentType: z.string(),
  sizeBytes: z.int(),
  /** Hexadecimal, for whoever wants to be sure. */
  sha256: z.string(),
  uploadedAt: Instant,
});
export type LibraryFile = z.infer<typeof LibraryFile>;

/** What of the right to withdraw stands: `waived`, with when and the words; `open`, with those to agree to. */
export const WaiverView = z.object({
  state: z.enum(["open", "waived"]),
  version: z.string().nullable(),
  words: z.string(),
  waivedAt: Instant.nullable(),
});

export const LibraryItem = z.object({
  productId: z.string(),
  museOrderNumber: OrderNumber,
  title: z.string(),
  sellerName: z.string(),
  imageUrl: z.string().nullable(),
  grantedAt: Instant,
  /** Nothing can be downloaded while the payment is disputed. */
  isFrozen: z.boolean(),
  downloadCount: z.int(),
  files: z.array(LibraryFile),
  waiver: WaiverView,
  /** What the caller said of it; null: nothing yet. */
  review: z.object({ rating: z.int(), body: z.string(), author: z.string().nullable() }).nullable(),
});
export type LibraryItem = z.infer<typeof LibraryItem>;

/** Of one product, or of one order, alone: whether the caller has it. */
export const LibraryQuery = z.strictObject({
  productId: CatalogId.optional(),
  orderNumber: OrderNumber.optional(),
  ...PageQuery,
});
/** `totalItems` counts those of all pages. */
export const Library = z.object({ items: z.array(LibraryItem), totalItems: z.int() });
export type Library = z.infer<typeof Library>;

export const OwnedProductParams = z.strictObject({ id: CatalogId });
/** The file that is wanted where a product has several; left out: all of them are named. */
export const DownloadQuery = z.strictObject({ fileId: CatalogId.optional() });

/** Links of some minutes. `url` and `fileName` are those of the first file. */
export const DownloadLinks = z.object({
  url: z.string(),
  fileName: z.string(),
  expiresAt: Instant,
  downloadCount: z.int(),
  files: z.array(z.object({ fileId: z.string(), fileName: z.string(), sizeBytes: z.int(), url: z.string() })),
});
export type DownloadLinks = z.infer<typeof DownloadLinks>;

export const FileParams = z.strictObject({ fileId: CatalogId });
/** Made by `GET /api/products/:id/download`, and of no other use. */
export const FileQuery = z.strictObject({
  order: OrderNumber,
  expires: z.coerce.number().int().min(0).max(9_999_999_999),
  signature: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});

export const LibraryOrderParams = z.strictObject({ orderNumber: OrderNumber });
export const WaiveBody = z.strictObject({ version: z.literal(waiverVersion), language: z.enum(["en", "ko"]) });

export const ReviewBody = z.strictObject({
  rating: z.int().min(1).max(5),
  body: z.string().trim().max(4000).default(""),
  /** As the writer wants to be called. */
  author: z.string().trim().min(1).max(60).nullable().default(null),
});
export const ReviewView = z.object({
  productId: z.string(),
  rating: z.int(),
  body: z.string(),
  author: z.string().nullable(),
  writtenAt: Instant,
});
export type ReviewView = z.infer<typeof ReviewView>;
export const ReviewListQuery = z.strictObject(PageQuery);
export const ReviewList = z.object({
  count: z.int(),
  /** Of one to five, to a tenth; null where nobody has said anything. */
  averageRating: z.number().nullable(),
  reviews: z.array(ReviewView),
});
