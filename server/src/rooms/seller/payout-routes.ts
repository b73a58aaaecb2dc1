import { SellerPayouts, SellerPayoutsQuery } from "@muse/contracts/payout";
import { StatementQuery } from "@muse/contracts/seller";
import { toWire } from "#kernel/money.ts";
import { fileRoute } from "#platform/http/file-route.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { payoutList, payoutRules, sellerBalances, writeStatement } from "#rooms/ledger";
import { currencyOf } from "./present.ts";
import { presentPayout, presentStanding } from "./present-payout.ts";

const base = "/api/v1/seller/payouts";
const tags = ["Selling"] as const;

/** What is owed to the caller, what was paid out to them, and both in the books' own lines. */
export function payoutRoutes(http: HttpServer): void {
  route(
    http,
    {
      method: "GET",
      url: base,
      summary: "Read what is owed to the caller and what was paid out",
      description:
        "A sale's share can be paid out once it has waited and no bank disputes it. What is refunded after it was paid " +
        "out is made up for by the next sales.",
      tags,
      auth: "seller",
      query: SellerPayoutsQuery,
      reply: SellerPayouts,
      errors: [],
    },
    async ({ db, account: { accountId: sellerId }, query, language }) => {
      const [standing, payouts, rules] = await Promise.all([
        sellerBalances(db, { sellerId }),
        payoutList(db, { sellerId, payoutId: null, ...query }),
        payoutRules(db),
      ]);
      return {
        standing: standing.map((row) => presentStanding(row, language)),
        payouts: payouts.map((row) => presentPayout(row, language)),
        total: toWire(payouts[0]?.total ?? 0n),
        holding: rules.map(({ currency, holdDays }) => ({ currency: currencyOf(currency), days: holdDays })),
      };
    },
  );
  fileRoute(
    http,
    {
      method: "GET",
      url: `${base}/statement.csv`,
      summary: "Download what was booked to the caller in a month",
      description:
        "In one currency: the balance at the month's begin, each line with the balance after it, and that at its end.",
      tags,
      auth: "seller",
      query: StatementQuery,
      produces: ["text/csv"],
      errors: [],
    },
    async ({ db, account: { accountId: ownerId }, query: { month, currency } }) => ({
      contentType: "text/csv; charset=utf-8",
      content: writeStatement(db, { kind: "seller", ownerId, month, currency }),
      headers: {
        "content-disposition": `attachment; filename="muse-payouts-${month}-${currency}.csv"`,
        "cache-control": "private, no-store",
      },
    }),
  );
}
