import {
  SellerBody,
  SellerFigures,
  SellerFiguresQuery,
  SellerProfileBody,
  SellerView,
  Sales,
  SalesQuery,
  StatementQuery,
} from "@muse/contracts/seller";
import type { Db } from "#platform/db/query.ts";
import { must } from "#kernel/assert.ts";
import { toWire } from "#kernel/money.ts";
import { fileRoute } from "#platform/http/file-route.ts";
import { problem } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import type { FileDeps } from "#rooms/access";
import { deskPayoutRoutes } from "./desk-payout-routes.ts";
import { deskRoutes, type DeskDeps } from "./desk-routes.ts";
import { openSeller } from "./open-seller.ts";
import { payoutRoutes } from "./payout-routes.ts";
import { presentCurrencies, presentSale, presentSeller, presentSold } from "./present.ts";
import { productRoutes } from "./product-routes.ts";
import { saleBuckets, saleList, saleProducts, sellerFind, sellerUpdate } from "./seller.sql.gen.ts";
import { writeSales } from "./statement.ts";
import { uploadRoutes } from "./upload-routes.ts";

export type SellerRoutesDeps = FileDeps & DeskDeps;

const base = "/api/v1/seller";
const tags = ["Selling"] as const;

/** Everything of `/sell`: who a seller is, what they work on, and what they sold. */
export function sellerRoutes(http: HttpServer, deps: SellerRoutesDeps): void {
  profileRoutes(http);
  payoutRoutes(http);
  deskRoutes(http, deps);
  deskPayoutRoutes(http, deps);
  productRoutes(http);
  uploadRoutes(http, deps);
  salesRoutes(http);
  statementRoute(http);
}

async function readSeller(db: Db, accountId: string) {
  const row = await sellerFind(db, { accountId });
  return row === null ? problem("seller_not_found") : presentSeller(row);
}

function profileRoutes(http: HttpServer): void {
  route(
    http,
    {
      method: "GET",
      url: base,
      summary: "Read who the caller is as a seller",
      tags,
      auth: "signed_in",
      reply: SellerView,
      errors: ["seller_not_found"],
    },
    async ({ db, account }) => await readSeller(db, account.accountId),
  );
  route(
    http,
    {
      method: "POST",
      url: base,
      summary: "Sign up as a seller",
      description: "By agreeing to the seller contract of today. Doing it again changes nothing.",
      tags,
      auth: "signed_in",
      body: SellerBody,
      reply: SellerView,
      errors: ["seller_contract_outdated", "seller_not_possible", "seller_not_found"],
    },
    async ({ db, account: { accountId }, body, language }) => {
      const { kind } = await openSeller(db, { accountId, ...body, locale: language });
      if (kind === "seller_contract_outdated" || kind === "seller_not_possible") return problem(kind);
      return await readSeller(db, accountId);
    },
  );
  route(
    http,
    {
      method: "PUT",
      url: base,
      summary: "Change how the caller's stores are called and described",
      description: "Mail about payouts comes in the language of this request.",
      tags,
      auth: "seller",
      body: SellerProfileBody,
      reply: SellerView,
      errors: ["seller_not_found"],
      // Writes to every product and store of theirs.
      limits: [{ per: "account", windowS: 3_600, countMax: 60 }],
    },
    async ({ db, account: { accountId }, body, language }) => {
      await sellerUpdate(db, { accountId, ...body, locale: language });
      return await readSeller(db, accountId);
    },
  );
}

/** A chart of some thirty points is read; of a year in days it is not. */
const spans = {
  "30d": { bucketDays: 1, bucketCount: 30 },
  "90d": { bucketDays: 3, bucketCount: 30 },
  "365d": { bucketDays: 14, bucketCount: 26 },
} as const;

function salesRoutes(http: HttpServer): void {
  route(
    http,
    {
      method: "GET",
      url: `${base}/sales`,
      summary: "List the caller's sales, with fee and what is theirs",
      description: "Newest first. Nothing tells who bought.",
      tags,
      auth: "seller",
      query: SalesQuery,
      reply: Sales,
      errors: [],
    },
    async ({ db, account: { accountId }, query, language }) => {
      const page = { limit: BigInt(query.limit), offset: BigInt(query.offset) };
      const rows = await saleList(db, { accountId, currency: query.currency ?? null, ...page });
      return { sales: rows.map((row) => presentSale(row, language)), totalSales: toWire(rows[0]?.total ?? 0n) };
    },
  );
  route(
    http,
    {
      method: "GET",
      url: `${base}/figures`,
      summary: "Sum up the caller's sales over time and by product",
      tags,
      auth: "seller",
      query: SellerFiguresQuery,
      reply: SellerFigures,
      errors: [],
    },
    async ({ db, account: { accountId }, query: { range }, language }) => {
      const span = must(spans[range], "figures: every range has its span");
      const days = span.bucketDays * span.bucketCount;
      const [buckets, sold] = await Promise.all([
        saleBuckets(db, { accountId, ...span }),
        saleProducts(db, { accountId, days }),
      ]);
      return {
        range,
        bucketDays: span.bucketDays,
        currencies: presentCurrencies(buckets, language),
        products: sold.map((row) => presentSold(row, language)),
      };
    },
  );
}

function statementRoute(http: HttpServer): void {
  fileRoute(
    http,
    {
      method: "GET",
      url: `${base}/statement.csv`,
      summary: "Download a month's sales in one currency",
      tags,
      auth: "seller",
      query: StatementQuery,
      produces: ["text/csv"],
      errors: [],
    },
    async ({ db, account: { accountId }, query: { month, currency } }) => ({
      contentType: "text/csv; charset=utf-8",
      content: writeSales(db, { accountId, month, currency }),
      headers: {
        "content-disposition": `attachment; filename="muse-sales-${month}-${currency}.csv"`,
        "cache-control": "private, no-store",
      },
    }),
  );
}
