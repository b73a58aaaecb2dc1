import type { Language } from "@muse/contracts/error";
import {
  SellerFileParams,
  SellerProduct,
  SellerProductBody,
  SellerProductDeleted,
  SellerProductParams,
  SellerProducts,
  SellerProductsQuery,
} from "@muse/contracts/seller";
import { newId } from "#kernel/ids.ts";
import { toWire } from "#kernel/money.ts";
import type { Db } from "#platform/db/query.ts";
import { answer, problem } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { RouteLimit } from "#platform/http/route-limits.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { filesOf } from "#rooms/access";
import { findProduct } from "./find-product.ts";
import { presentProduct } from "./present.ts";
import {
  fileWithdraw,
  productAdd,
  productChange,
  productDelete,
  productList,
  productPublish,
  productTouch,
  productWithdraw,
} from "./seller.sql.gen.ts";

const base = "/api/v1/seller/products";
const tags = ["Selling"] as const;

/** Of whatever writes a product or the shelf: somebody at work stays far below it, a program that loops does not. */
const hourly: RouteLimit = { per: "account", windowS: 3_600, countMax: 60 };

/** What a seller works on: drafts, files that are sold with them, publishing and withdrawing. */
export function productRoutes(http: HttpServer): void {
  listRoutes(http);
  changeRoutes(http);
  deleteRoute(http);
  shelfRoutes(http);
}

type Of = { readonly accountId: string; readonly productId: string };

type Page = { readonly accountId: string; readonly limit: number; readonly offset: number };

async function readProducts(db: Db, { accountId, limit, offset }: Page, language: Language): Promise<SellerProducts> {
  const rows = await productList(db, { accountId, productId: null, limit: BigInt(limit), offset: BigInt(offset) });
  const files = await filesOf(db, { productIds: rows.map((row) => row.productId) });
  const byProduct = Map.groupBy(files, ({ productId }) => productId);
  return {
    products: rows.map((row) => presentProduct(row, byProduct.get(row.productId) ?? [], language)),
    totalProducts: toWire(rows[0]?.total ?? (await totalOf(db, accountId, offset))),
  };
}

/** Of whoever looks beyond their last page. */
async function totalOf(db: Db, accountId: string, offset: number): Promise<bigint> {
  if (offset === 0) return 0n;
  const [first] = await productList(db, { accountId, productId: null, limit: 1n, offset: 0n });
  return first?.total ?? 0n;
}

async function readProduct(db: Db, { accountId, productId }: Of, language: Language) {
  const row = await findProduct(db, { accountId, productId });
  if (row === null) return problem("seller_product_not_found");
  return presentProduct(row, await filesOf(db, { productIds: [productId] }), language);
}

function listRoutes(http: HttpServer): void {
  route(
    http,
    {
      method: "GET",
      url: base,
      summary: "List the caller's products, drafts among them",
      description: "Newest first.",
      tags,
      auth: "seller",
      query: SellerProductsQuery,
      reply: SellerProducts,
      errors: [],
    },
    async ({ db, account: { accountId }, query, language }) =>
      await readProducts(db, { accountId, ...query }, language),
  );
  route(
    http,
    {
      method: "GET",
      url: `${base}/:productId`,
      summary: "Read one of the caller's products",
      tags,
      auth: "seller",
      params: SellerProductParams,
      reply: SellerProduct,
      errors: ["seller_product_not_found"],
    },
    async ({ db, account, params, language }) =>
      await readProduct(db, { accountId: account.accountId, productId: params.productId }, language),
  );
}

/** The least and the most that a product costs, as the database has it too. */
const priceBounds = { USD: [50, 1_000_000], KRW: [100, 10_000_000] } as const;

function isPriceIn({ currency, priceCents }: SellerProductBody): boolean {
  const [min, max] = priceBounds[currency];
  return priceCents >= min && priceCents <= max;
}

function rowOf({ priceCents, ...body }: SellerProductBody) {
  return { ...body, priceMinor: BigInt(priceCents) };
}

const created = { reply: SellerProduct, statuses: [201] } as const;

function changeRoutes(http: HttpServer): void {
  route(
    http,
    {
      method: "POST",
      url: base,
      summary: "Begin a product, as a draft",
      tags,
      auth: "seller",
      idempotent: true,
      body: SellerProductBody,
      ...created,
      errors: ["seller_not_found", "seller_price_invalid", "seller_product_not_found", "products_too_many"],
      limits: [hourly],
    },
    async ({ db, account: { accountId }, body, language }) => {
      if (!isPriceIn(body)) return problem("seller_price_invalid", { field: "priceCents" });
      const productId = newId("prd");
      const { outcome } = await productAdd(db, { productId, accountId, ...rowOf(body) });
      if (outcome === "not_found") return problem("seller_not_found");
      if (outcome === "products_too_many") return problem(outcome);
      const product = await readProduct(db, { accountId, productId }, language);
      return "productId" in product ? answer(product, { status: 201 }) : product;
    },
  );
  route(
    http,
    {
      method: "PUT",
      url: `${base}/:productId`,
      summary: "Change a product",
      description: "Shoppers see the change when the product is published again.",
      tags,
      auth: "seller",
      params: SellerProductParams,
      body: SellerProductBody,
      reply: SellerProduct,
      errors: ["seller_product_not_found", "seller_product_fixed", "seller_price_invalid"],
      limits: [hourly],
    },
    async ({ db, account: { accountId }, params: { productId }, body, language }) => {
      if (!isPriceIn(body)) return problem("seller_price_invalid", { field: "priceCents" });
      const { outcome } = await productChange(db, { productId, accountId, ...rowOf(body) });
      if (outcome === "fixed") return problem("seller_product_fixed");
      return await readProduct(db, { accountId, productId }, language);
    },
  );
  route(
    http,
    {
      method: "DELETE",
      url: `${base}/:productId/files/:fileId`,
      summary: "Sell a file no more",
      description: "Whoever bought it before still has it. A published product keeps its last one.",
      tags,
      auth: "seller",
      params: SellerFileParams,
      reply: SellerProduct,
      errors: ["seller_product_not_found", "file_not_found", "seller_file_last"],
    },
    async ({ db, account: { accountId }, params: { productId, fileId }, language }) => {
      const { outcome } = await fileWithdraw(db, { accountId, productId, fileId });
      if (outcome === "not_found") return problem("seller_product_not_found");
      if (outcome === "file_not_found") return problem("file_not_found");
      if (outcome === "last") return problem("seller_file_last");
      await productTouch(db, { productId, accountId });
      return await readProduct(db, { accountId, productId }, language);
    },
  );
}

function deleteRoute(http: HttpServer): void {
  route(
    http,
    {
      method: "DELETE",
      url: `${base}/:productId`,
      summary: "Delete a draft",
      description:
        "With its files, those on their way too; none of it takes a place any more. What was published once is withdrawn instead.",
      tags,
      auth: "seller",
      params: SellerProductParams,
      reply: SellerProductDeleted,
      errors: ["seller_product_not_found", "seller_product_published"],
    },
    async ({ db, account: { accountId }, params: { productId } }) => {
      const { outcome } = await productDelete(db, { accountId, productId });
      if (outcome === "not_found") return problem("seller_product_not_found");
      if (outcome === "published") return problem("seller_product_published");
      return { isDeleted: true as const };
    },
  );
}

function shelfRoutes(http: HttpServer): void {
  route(
    http,
    {
      method: "POST",
      url: `${base}/:productId/publish`,
      summary: "Put a product, or what changed of it, before shoppers",
      tags,
      auth: "seller",
      params: SellerProductParams,
      reply: SellerProduct,
      errors: [
        "seller_product_not_found",
        "seller_product_empty",
        "seller_suspended",
        "seller_products_too_many",
        "products_too_many",
      ],
      limits: [hourly],
    },
    async ({ db, account: { accountId }, params: { productId }, language }) => {
      const ids = { storeId: newId("sto"), variantId: newId("var") };
      const { outcome } = await productPublish(db, { accountId, productId, ...ids });
      if (outcome === "no_file") return problem("seller_product_empty");
      if (outcome === "suspended") return problem("seller_suspended");
      if (outcome === "too_many") return problem("seller_products_too_many");
      if (outcome === "products_too_many") return problem(outcome);
      return await readProduct(db, { accountId, productId }, language);
    },
  );
  route(
    http,
    {
      method: "POST",
      url: `${base}/:productId/withdraw`,
      summary: "Take a product off the shelf",
      description: "Whoever bought it still has it.",
      tags,
      auth: "seller",
      params: SellerProductParams,
      reply: SellerProduct,
      errors: ["seller_product_not_found", "seller_product_not_published"],
    },
    async ({ db, account: { accountId }, params: { productId }, language }) => {
      const { outcome } = await productWithdraw(db, { accountId, productId });
      if (outcome === "not_published") return problem("seller_product_not_published");
      return await readProduct(db, { accountId, productId }, language);
    },
  );
}
