import {
  SellerBody,
  SellerFigures,
  SellerFiguresQuery,
  SellerParams,
  SellerProfileBody,
  SellerView,
  Sales,
  SalesQuery,
  StatementQuery,
  VerifySellerBody,
} from "@muse/contracts/seller";
import type { Db } from "#platform/db/query.ts";
import type { Tx } from "#platform/db/tx.ts";
import { must } from "#kernel/assert.ts";
import { toWire } from "#kernel/money.ts";
import { fileRoute } from "#platform/http/file-route.ts";
import { problem, type Details } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import type { FileDeps } from "#rooms/access";
import { openSeller } from "./open-seller.ts";
import { presentCurrencies, presentSale, presentSeller, presentSold } from "./present.ts";
import { productRoutes } from "./product-routes.ts";
import {
  saleBuckets,
  saleList,
  saleProducts,
  sellerFind,
  sellerUpdate,
  sellerVerify,
  statementLines,
} from "./seller.sql.gen.ts";
import { statementCsv } from "./statement.ts";
import { uploadRoutes } from "./upload-routes.ts";

export type SellerRoutesDeps = FileDeps & {
  /** Notes what an operator did (the ops room's door). */
  readonly audit: (open: Tx, entry: AuditEntry) => Promise<void>;
};

type AuditEntry = {
  readonly accountId: string;
  readonly role: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: Details;
};

const base = "/api/v1/seller";
const tags = ["Selling"] as const;

/** Everything of `/sell`: who a seller is, what they work on, and what they sold. */
export function sellerRoutes(http: HttpServer, deps: SellerRoutesDeps): void {
  profileRoutes(http);
  verifyRoute(http, deps);
  productRoutes(http);
  uploadRoutes(http, deps);
  salesRoutes(http);
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
    async ({ db, account: { accountId }, body }) => {
      const { kind } = await openSeller(db, { accountId, ...body });
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
      tags,
      auth: "seller",
      body: SellerProfileBody,
      reply: SellerView,
      errors: ["seller_not_found"],
    },
    async ({ db, account: { accountId }, body }) => {
      await sellerUpdate(db, { accountId, ...body });
      return await readSeller(db, accountId);
    },
  );
}

function verifyRoute(http: HttpServer, { audit }: SellerRoutesDeps): void {
  route(
    http,
    {
      method: "PUT",
      url: "/api/v1/admin/sellers/:sellerId/verification",
      summary: "Note how well Muse knows a seller",
      tags: ["Operations"],
      auth: "ops",
      idempotent: "transaction",
      params: SellerParams,
      body: VerifySellerBody,
      reply: SellerView,
      errors: ["seller_not_found"],
    },
    async ({ db, account, params: { sellerId }, body: { verificationLevel } }) => {
      const changed = await sellerVerify(db, { accountId: sellerId, verification: verificationLevel });
      if (changed === null) return problem("seller_not_found");
      const { accountId, role } = account;
      const detail = { verificationLevel };
      await audit(db, { accountId, role, action: "seller.verify", subject: sellerId, detail });
      return await readSeller(db, sellerId);
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
    async ({ db, account: { accountId }, query }) => {
      const rows = await statementLines(db, { accountId, ...query });
      return {
        contentType: "text/csv; charset=utf-8",
        content: statementCsv(rows, query.currency),
        headers: {
          "content-disposition": `attachment; filename="muse-sales-${query.month}-${query.currency}.csv"`,
          "cache-control": "private, no-store",
        },
      };
    },
  );
}
