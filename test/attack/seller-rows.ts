/** Rows for what sellers do: see route-rows.ts. */
import type { Belongings } from "./cast.ts";
import type { Row } from "./row.ts";

const ownProduct = { whose: "staff", names: () => ({ productId: "prd_0000000000" }) } as const;
const ownUpload = { whose: "staff", names: () => ({ uploadId: "upl_0000000000" }) } as const;
const ofSeller = { whose: "staff", names: ({ sellerId }: Belongings) => ({ sellerId }) } as const;
const ofPayout = { whose: "staff", names: () => ({ payoutId: "po_0000000000" }) } as const;
const fileOfSeller = {
  title: "A typeface",
  description: "Nine weights.",
  category: "Fonts",
  currency: "USD",
  priceCents: 1200,
  editionLimit: 5,
};

export const sellerRows: Readonly<Record<string, Row>> = {
  "GET /api/v1/seller": { whose: "self" },
  "POST /api/v1/seller": {
    whose: "self",
    body: () => ({ displayName: "Mallory's", about: "Files.", contractVersion: "2001-01" }),
    texts: ["displayName", "about"],
  },
  "PUT /api/v1/seller": {
    whose: "staff",
    body: () => ({ displayName: "Mallory's", about: "Files." }),
    texts: ["displayName", "about"],
  },
  "GET /api/v1/seller/products": { whose: "staff", query: { limit: "5" } },
  "POST /api/v1/seller/products": {
    whose: "staff",
    body: () => fileOfSeller,
    texts: ["title", "description", "category"],
  },
  "GET /api/v1/seller/products/{productId}": ownProduct,
  "PUT /api/v1/seller/products/{productId}": {
    ...ownProduct,
    body: () => fileOfSeller,
    texts: ["title", "description", "category"],
  },
  "DELETE /api/v1/seller/products/{productId}": ownProduct,
  "DELETE /api/v1/seller/products/{productId}/files/{fileId}": {
    whose: "staff",
    names: () => ({ productId: "prd_0000000000", fileId: "fil_0000000000" }),
  },
  "POST /api/v1/seller/products/{productId}/publish": ownProduct,
  "POST /api/v1/seller/products/{productId}/withdraw": ownProduct,
  "POST /api/v1/seller/products/{productId}/uploads": {
    ...ownProduct,
    body: () => ({ name: "a.zip", sizeBytes: 100 }),
  },
  "PUT /api/v1/seller/uploads/{uploadId}/pieces/{piece}": {
    whose: "staff",
    names: () => ({ uploadId: "upl_0000000000", piece: "0" }),
  },
  "POST /api/v1/seller/uploads/{uploadId}/finish": ownUpload,
  "GET /api/v1/seller/sales": { whose: "staff", query: { limit: "5", currency: "USD" } },
  "GET /api/v1/seller/figures": { whose: "staff", query: { range: "90d" } },
  "GET /api/v1/seller/statement.csv": { whose: "staff", query: { month: "2026-11", currency: "USD" } },
  "GET /api/v1/seller/payouts": { whose: "staff", query: { limit: "5" } },
  "GET /api/v1/seller/payouts/statement.csv": { whose: "staff", query: { month: "2026-11", currency: "KRW" } },
  "GET /api/v1/admin/sellers": { whose: "staff", query: { query: "ada", level: "email", state: "selling" } },
  "GET /api/v1/admin/sellers/{sellerId}": ofSeller,
  "PUT /api/v1/admin/sellers/{sellerId}/verification": {
    ...ofSeller,
    body: () => ({ verificationLevel: "identity", reason: "Passport seen." }),
    texts: ["reason"],
  },
  "PUT /api/v1/admin/sellers/{sellerId}/suspension": {
    ...ofSeller,
    body: () => ({ isSuspended: true, reason: "Copies." }),
    texts: ["reason"],
  },
  "POST /api/v1/admin/sellers/{sellerId}/payouts": {
    ...ofSeller,
    body: () => ({ currency: "USD", amountCents: 100 }),
  },
  "GET /api/v1/admin/payouts": { whose: "staff", query: { limit: "5" } },
  "POST /api/v1/admin/payouts/{payoutId}/approve": ofPayout,
  "POST /api/v1/admin/payouts/{payoutId}/pay": { ...ofPayout, body: () => ({ reference: "TR-4711" }) },
  "POST /api/v1/admin/payouts/{payoutId}/fail": { ...ofPayout, body: () => ({ failure: "refused" }) },
};
