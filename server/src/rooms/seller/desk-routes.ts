import {
  OpsSeller,
  OpsSellerParams,
  OpsSellers,
  OpsSellersQuery,
  SuspendSellerBody,
  VerifySellerBody,
} from "@muse/contracts/ops-seller";
import type { Language } from "@muse/contracts/error";
import type { z } from "zod";
import { toWire } from "#kernel/money.ts";
import type { Db } from "#platform/db/query.ts";
import type { Tx } from "#platform/db/tx.ts";
import type { Account } from "#platform/http/account.ts";
import { problem, type Details } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { payoutList, sellerBalances } from "#rooms/ledger";
import { displayMinor } from "#rooms/order";
import {
  sellerCatalogue,
  sellerList,
  sellerResume,
  sellerSuspend,
  sellerVerify,
  type SellerListRow,
} from "./desk.sql.gen.ts";
import { currencyOf } from "./present.ts";
import { presentOpsPayout, presentStanding } from "./present-payout.ts";

export type DeskDeps = {
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

const base = "/api/v1/admin/sellers";
const tags = ["Operations"] as const;
const change = { method: "PUT", tags, auth: "ops", idempotent: "transaction", params: OpsSellerParams } as const;

/** Shown of one seller. */
const payoutsShown = 20;
const productsShown = 100;

/** What the house knows of sellers, and what it lets them do. */
export function deskRoutes(http: HttpServer, deps: DeskDeps): void {
  readRoutes(http);
  verifyRoute(http, deps);
  suspendRoute(http, deps);
}

function readRoutes(http: HttpServer): void {
  route(
    http,
    {
      method: "GET",
      url: base,
      summary: "List sellers, the newest first",
      tags,
      auth: "ops",
      query: OpsSellersQuery,
      reply: OpsSellers,
      errors: [],
    },
    async ({ db, query: { query, level, state, limit, offset }, language }) => {
      const rows = await sellerList(db, {
        sellerId: null,
        query: query ?? null,
        level: level ?? null,
        isSuspended: state === undefined ? null : state === "suspended",
        limit,
        offset,
      });
      return { sellers: rows.map((row) => presentSellerRow(row, language)), total: toWire(rows[0]?.total ?? 0n) };
    },
  );
  route(
    http,
    {
      method: "GET",
      url: `${base}/:sellerId`,
      summary: "Read a seller: what they sell, what is owed to them and what was paid out",
      tags,
      auth: "ops",
      params: OpsSellerParams,
      reply: OpsSeller,
      errors: ["seller_not_found"],
    },
    async ({ db, account, params: { sellerId }, language }) => await readSeller(db, sellerId, account, language),
  );
}

async function readSeller(db: Db, sellerId: string, { accountId }: Account, language: Language) {
  const filters = { query: null, level: null, isSuspended: null, limit: 1, offset: 0 };
  const [row] = await sellerList(db, { sellerId, ...filters });
  if (row === undefined) return problem("seller_not_found");
  const standing = await sellerBalances(db, { sellerId });
  const payouts = await payoutList(db, { sellerId, payoutId: null, limit: payoutsShown, offset: 0 });
  const catalogue = await sellerCatalogue(db, { accountId: sellerId, limit: productsShown });
  return {
    ...presentSellerRow(row, language),
    about: row.about,
    suspendedReason: row.suspendedReason,
    standing: standing.map((each) => presentStanding(each, language)),
    payouts: payouts.map((each) => presentOpsPayout(each, accountId, language)),
    catalogue: catalogue.map(({ productId, title, status, currency, priceMinor }) => ({
      productId,
      title,
      status,
      currency: currencyOf(currency),
      priceCents: toWire(priceMinor),
      priceDisplay: displayMinor(priceMinor, currency, language),
    })),
  };
}

function verifyRoute(http: HttpServer, { audit }: DeskDeps): void {
  route(
    http,
    {
      ...change,
      url: `${base}/:sellerId/verification`,
      summary: "Note how well Muse knows a seller, and what says so",
      description: "Payouts go to `identity` alone. Whoever sells cannot say it of themselves.",
      body: VerifySellerBody,
      reply: OpsSeller,
      errors: ["seller_not_found", "seller_own"],
    },
    async ({ db, account, params: { sellerId }, body: { verificationLevel, reason }, language }) => {
      const { accountId, role } = account;
      if (accountId === sellerId) return problem("seller_own");
      const changed = await sellerVerify(db, { accountId: sellerId, verification: verificationLevel });
      if (changed === null) return problem("seller_not_found");
      const detail = { verificationLevel, note: reason };
      await audit(db, { accountId, role, action: "seller.verify", subject: sellerId, detail });
      return await readSeller(db, sellerId, account, language);
    },
  );
}

function suspendRoute(http: HttpServer, { audit }: DeskDeps): void {
  route(
    http,
    {
      ...change,
      url: `${base}/:sellerId/suspension`,
      summary: "Stop a seller's sales and payouts, or end that",
      description: "The reason is shown to the seller. Whoever bought something has it still.",
      body: SuspendSellerBody,
      reply: OpsSeller,
      errors: ["seller_not_found", "seller_own"],
    },
    async ({ db, account, params: { sellerId }, body: { isSuspended, reason }, language }) => {
      const { accountId, role } = account;
      if (accountId === sellerId) return problem("seller_own");
      const { outcome } = isSuspended
        ? await sellerSuspend(db, { accountId: sellerId, reason })
        : await sellerResume(db, { accountId: sellerId });
      if (outcome === "not_found") return problem("seller_not_found");
      if (outcome !== "already") {
        const action = isSuspended ? "seller.suspend" : "seller.resume";
        await audit(db, { accountId, role, action, subject: sellerId, detail: { note: reason } });
      }
      return await readSeller(db, sellerId, account, language);
    },
  );
}

type SumRow = { readonly currency: string; readonly count: number; readonly netMinor: number };

function presentSellerRow(row: SellerListRow, language: Language): z.infer<typeof OpsSellers>["sellers"][number] {
  return {
    sellerId: row.accountId,
    displayName: row.displayName,
    verificationLevel: row.level,
    suspendedAt: row.suspendedAt?.toISOString() ?? null,
    contractVersion: row.contractVersion,
    contractAcceptedAt: row.contractAcceptedAt.toISOString(),
    productsPublished: toWire(row.published),
    products: toWire(row.products),
    sales: (row.sales as readonly SumRow[]).map(({ currency, count, netMinor }) => ({
      currency: currencyOf(currency),
      count,
      netCents: netMinor,
      netDisplay: displayMinor(BigInt(netMinor), currency, language),
    })),
  };
}
