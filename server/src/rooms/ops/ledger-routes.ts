import {
  LedgerBalances,
  ReconcileAsked,
  ReconcileBody,
  ReconciliationParams,
  ReconciliationReport,
  Reconciliations,
  ReconciliationsQuery,
  SellerStatementParams,
  StatementQuery,
  StoreStatementParams,
} from "@muse/contracts/ledger";
import type { Language } from "@muse/contracts/error";
import type { z } from "zod";
import { toWire } from "#kernel/money.ts";
import type { File } from "#platform/http/file-route.ts";
import { fileRoute } from "#platform/http/file-route.ts";
import { problem } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import {
  balanceList,
  differenceList,
  reconciliationAsk,
  reconciliationList,
  reconciliationRead,
  writeStatement,
  type DifferenceListRow,
  type ReconciliationReadRow,
} from "#rooms/ledger";
import { displayMinor } from "#rooms/order";
import { recordBy } from "./record-audit.ts";

const base = "/api/v1/admin/ledger";
const tags = ["Operations"] as const;
const read = { method: "GET", tags, auth: "ops" } as const;

/** More than these in one run are a catastrophe, whatever their number. */
const differencesShownMax = 500;

type Report = z.input<typeof ReconciliationReport>;

/** The books, and how they compare with the providers' own. */
export function ledgerRoutes(http: HttpServer): void {
  balanceRoutes(http);
  reconciliationRoutes(http);
  reportRoute(http);
}

function balanceRoutes(http: HttpServer): void {
  route(
    http,
    {
      ...read,
      url: `${base}/balances`,
      summary: "Read what each account stands at",
      reply: LedgerBalances,
      errors: [],
    },
    async ({ db, language }) => ({
      balances: (await balanceList(db)).map(({ balanceMinor, postings, ...row }) => ({
        ...row,
        balanceCents: toWire(balanceMinor),
        balanceDisplay: displayMinor(balanceMinor, row.currency, language),
        postings: toWire(postings),
      })),
    }),
  );
  const statement = {
    ...read,
    query: StatementQuery,
    description:
      "All that was booked to them in a month (UTC), oldest first, with the balance before and after: what is owed to them stands above zero.",
    produces: ["text/csv"],
    errors: [],
    limits: [{ per: "account", windowS: 60, countMax: 60 }],
  } as const;
  fileRoute(
    http,
    {
      ...statement,
      url: `${base}/stores/:storeId/statement`,
      summary: "Fetch a store's statement as CSV",
      params: StoreStatementParams,
    },
    async ({ db, params: { storeId }, query: { month } }) =>
      csv(writeStatement(db, { kind: "store", ownerId: storeId, month, currency: null }), `${storeId}-${month}.csv`),
  );
  fileRoute(
    http,
    {
      ...statement,
      url: `${base}/sellers/:sellerId/statement`,
      summary: "Fetch a seller's statement as CSV",
      params: SellerStatementParams,
    },
    async ({ db, params: { sellerId }, query: { month } }) =>
      csv(writeStatement(db, { kind: "seller", ownerId: sellerId, month, currency: null }), `${sellerId}-${month}.csv`),
  );
}

function csv(content: NonNullable<Exclude<File["content"], string | Buffer>>, name: string): File {
  const fileName = name.replaceAll(/[^A-Za-z0-9._-]/g, "_");
  return {
    contentType: "text/csv; charset=utf-8",
    content,
    headers: { "content-disposition": `attachment; filename="${fileName}"` },
  };
}

function reconciliationRoutes(http: HttpServer): void {
  route(
    http,
    {
      ...read,
      url: `${base}/reconciliations`,
      summary: "List reconciliations, newest first",
      query: ReconciliationsQuery,
      reply: Reconciliations,
      errors: [],
    },
    async ({ db, query: { limit, offset } }) => {
      const rows = await reconciliationList(db, { limit, offset });
      const [first] = rows.length > 0 || offset === 0 ? rows : await reconciliationList(db, { limit: 1, offset: 0 });
      return { reconciliations: rows.map(presentRun), total: toWire(first?.total ?? 0n) };
    },
  );
  route(
    http,
    {
      method: "POST",
      url: `${base}/reconciliations`,
      summary: "Compare the books with a provider's own, up to now",
      description:
        "Asked of the worker; it takes as long as the provider does. Changes no money. Asking again asks once.",
      tags,
      auth: "ops",
      body: ReconcileBody,
      reply: ReconcileAsked,
      errors: [],
      idempotent: "transaction",
    },
    async ({ db, account, body: { provider } }) => {
      await reconciliationAsk(db, { provider, requestedBy: account.accountId });
      await recordBy(db, account, { action: "ledger.reconcile", subject: provider, detail: {} });
      return { provider, status: "queued" as const };
    },
  );
}

function reportRoute(http: HttpServer): void {
  route(
    http,
    {
      ...read,
      url: `${base}/reconciliations/:reconciliationId`,
      summary: "Read what a reconciliation found, every difference by name",
      params: ReconciliationParams,
      reply: ReconciliationReport,
      errors: ["reconciliation_not_found"],
    },
    async ({ db, params, language }) => {
      const [run, differences] = await Promise.all([
        reconciliationRead(db, params),
        differenceList(db, { ...params, limit: differencesShownMax }),
      ]);
      if (run === null) return problem("reconciliation_not_found");
      return {
        ...presentRun(run),
        sums: (run.sums as readonly SumRow[]).map((row) => presentSum(row, language)),
        differences: differences.map((row) => presentDifference(row, language)),
      };
    },
  );
}

function presentRun(row: Omit<ReconciliationReadRow, "sums">): Omit<Report, "sums" | "differences"> {
  return {
    reconciliationId: row.reconciliationId,
    provider: row.provider,
    from: row.fromAt.toISOString(),
    to: row.toAt.toISOString(),
    status: row.status,
    requestedBy: row.requestedBy,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    recordCount: row.recordCount,
    differenceCount: row.differenceCount,
  };
}

type SumRow = Pick<Report["sums"][number], "currency" | "kind" | "count"> & {
  readonly amountMinor: number;
  readonly feeMinor: number;
};

function presentSum({ amountMinor, feeMinor, ...row }: SumRow, language: Language): Report["sums"][number] {
  return {
    ...row,
    amountCents: amountMinor,
    amountDisplay: displayMinor(BigInt(amountMinor), row.currency, language),
    feeCents: feeMinor,
    feeDisplay: displayMinor(BigInt(feeMinor), row.currency, language),
  };
}

function presentDifference(row: DifferenceListRow, language: Language): Report["differences"][number] {
  const { oursMinor, theirsMinor, currency, orderNumbers, ...named } = row;
  const display = (minor: bigint | null): string | null =>
    minor === null || currency === null ? null : displayMinor(minor, currency, language);
  return {
    ...named,
    museOrderNumbers: orderNumbers as string[],
    currency,
    oursCents: oursMinor === null ? null : toWire(oursMinor),
    oursDisplay: display(oursMinor),
    theirsCents: theirsMinor === null ? null : toWire(theirsMinor),
    theirsDisplay: display(theirsMinor),
  };
}
