import {
  FailPayoutBody,
  OpsPayout,
  OpsPayouts,
  OpsPayoutsQuery,
  PayoutParams,
  PayPayoutBody,
  PreparePayoutBody,
} from "@muse/contracts/payout";
import { OpsSellerParams } from "@muse/contracts/ops-seller";
import type { Language } from "@muse/contracts/error";
import { must } from "#kernel/assert.ts";
import { newId } from "#kernel/ids.ts";
import { fromWire, toWire } from "#kernel/money.ts";
import type { Tx } from "#platform/db/tx.ts";
import type { Account } from "#platform/http/account.ts";
import { answer, problem, type Details } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { payableList, payoutApprove, payoutFailed, payoutList, payoutPaid, payoutPrepare } from "#rooms/ledger";
import type { DeskDeps } from "./desk-routes.ts";
import { presentOpsPayout, presentStanding } from "./present-payout.ts";

const base = "/api/v1/admin/payouts";
const tags = ["Operations"] as const;
const step = {
  method: "POST",
  tags,
  auth: "ops",
  idempotent: "transaction",
  params: PayoutParams,
  reply: OpsPayout,
} as const;

/** More to whom something is owed are looked for by name. */
const owedShown = 100;

/** Paying out what is owed to sellers: prepared here, paid at the bank, and what the bank said written down here. */
export function deskPayoutRoutes(http: HttpServer, deps: DeskDeps): void {
  listRoute(http);
  prepareRoute(http, deps);
  approveRoute(http, deps);
  payRoute(http, deps);
  failRoute(http, deps);
}

function listRoute(http: HttpServer): void {
  route(
    http,
    {
      method: "GET",
      url: base,
      summary: "List payouts, and to whom something is owed",
      description: "Payouts that are on their way first, then the newest.",
      tags,
      auth: "ops",
      query: OpsPayoutsQuery,
      reply: OpsPayouts,
      errors: [],
    },
    async ({ db, account: { accountId }, query, language }) => {
      const [payouts, owed] = await Promise.all([
        payoutList(db, { sellerId: null, payoutId: null, ...query }),
        payableList(db, { limit: owedShown }),
      ]);
      return {
        payouts: payouts.map((row) => presentOpsPayout(row, accountId, language)),
        total: toWire(payouts[0]?.total ?? 0n),
        owed: owed.map((row) => ({
          sellerId: row.sellerId,
          sellerName: row.sellerName,
          verificationLevel: row.verification,
          isSuspended: row.isSuspended,
          ...presentStanding(row, language),
        })),
      };
    },
  );
}

function prepareRoute(http: HttpServer, { audit }: DeskDeps): void {
  route(
    http,
    {
      method: "POST",
      url: "/api/v1/admin/sellers/:sellerId/payouts",
      summary: "Prepare a payout to a seller",
      description:
        "Takes the amount from what can be paid out. One at a time in each currency. Above what one person may move " +
        "alone (counted over thirty days, as for refunds) a second one has to agree before it is paid.",
      tags,
      auth: "ops",
      idempotent: "transaction",
      params: OpsSellerParams,
      body: PreparePayoutBody,
      reply: OpsPayout,
      statuses: [201],
      errors: [
        "seller_not_found",
        "seller_own",
        "seller_suspended",
        "seller_not_verified",
        "payout_waiting",
        "payout_above_available",
      ],
    },
    async ({ db, account, params: { sellerId }, body: { currency, amountCents }, language }) => {
      const { accountId: preparedBy, role } = account;
      if (preparedBy === sellerId) return problem("seller_own");
      const wish = { payoutId: newId("po"), sellerId, currency, amountMinor: fromWire(amountCents), preparedBy };
      const { outcome, payoutId, availableMinor } = await payoutPrepare(db, wish);
      if (outcome === "waiting") return problem("payout_waiting", { details: { payoutId } });
      if (outcome === "above_available")
        return problem("payout_above_available", { details: { availableCents: toWire(availableMinor) } });
      if (outcome !== "prepared") return problem(sellerRefusal(outcome));
      const detail = { payoutId, currency, amountCents };
      await audit(db, { accountId: preparedBy, role, action: "payout.prepare", subject: sellerId, detail });
      return answer(await readPayout(db, must(payoutId, "what was prepared has an id"), account, language), {
        status: 201,
      });
    },
  );
}

/** Why nothing at all is paid out to somebody. */
function sellerRefusal(outcome: string): "seller_suspended" | "seller_not_verified" | "seller_not_found" {
  if (outcome === "suspended") return "seller_suspended";
  return outcome === "not_verified" ? "seller_not_verified" : "seller_not_found";
}

function approveRoute(http: HttpServer, deps: DeskDeps): void {
  route(
    http,
    {
      ...step,
      url: `${base}/:payoutId/approve`,
      summary: "Agree to a payout that somebody else prepared",
      description: "Wanted above what one person may move alone. Agreeing again changes nothing.",
      errors: ["payout_not_found", "payout_own", "payout_closed", "seller_own"],
    },
    async ({ db, account, params: { payoutId }, language }) => {
      const refused = await refusalTo(db, account, payoutId);
      if (refused !== null) return refused;
      const { outcome } = await payoutApprove(db, { payoutId, approvedBy: account.accountId });
      if (outcome === "own") return problem("payout_own");
      if (outcome === "closed" || outcome === "not_needed") return problem("payout_closed");
      if (outcome === "approved") await note(db, deps, account, { action: "payout.approve", payoutId });
      return await readPayout(db, payoutId, account, language);
    },
  );
}

function payRoute(http: HttpServer, deps: DeskDeps): void {
  route(
    http,
    {
      ...step,
      url: `${base}/:payoutId/pay`,
      summary: "Note that a payout has been paid at the bank",
      description: "With what the bank calls the transfer; a transfer pays one payout. The same again changes nothing.",
      body: PayPayoutBody,
      digitFields: ["reference"],
      errors: ["payout_not_found", "payout_needs_second", "payout_reference_used", "payout_closed", "seller_own"],
    },
    async ({ db, account, params: { payoutId }, body: { reference }, language }) => {
      const refused = await refusalTo(db, account, payoutId);
      if (refused !== null) return refused;
      const { outcome } = await payoutPaid(db, { payoutId, reference, paidBy: account.accountId });
      const paid = { payoutId, detail: { reference } };
      if (outcome === "paid") await note(db, deps, account, { action: "payout.pay", ...paid });
      if (outcome === "paid" || outcome === "already") return await readPayout(db, payoutId, account, language);
      // A transfer that somebody says they made is written down, whatever stands here: it may be the second one.
      await note(db, deps, account, { action: "payout.pay_refused", ...paid });
      if (outcome === "needs_second") return problem("payout_needs_second");
      if (outcome === "reference_used") return problem("payout_reference_used", { field: "reference" });
      return problem("payout_closed");
    },
  );
}

function failRoute(http: HttpServer, deps: DeskDeps): void {
  route(
    http,
    {
      ...step,
      url: `${base}/:payoutId/fail`,
      summary: "Note that a payout came to nothing",
      description:
        "Called off before it was made, refused by the bank, or returned after it had been paid: it is owed to the " +
        "seller again. The same again changes nothing.",
      body: FailPayoutBody,
      errors: ["payout_not_found", "payout_closed", "seller_own"],
    },
    async ({ db, account, params: { payoutId }, body: { failure }, language }) => {
      const refused = await refusalTo(db, account, payoutId);
      if (refused !== null) return refused;
      const { outcome } = await payoutFailed(db, { payoutId, failure, failedBy: account.accountId });
      if (outcome === "wrong_failure") return problem("payout_closed");
      if (outcome === "failed") await note(db, deps, account, { action: "payout.fail", payoutId, detail: { failure } });
      return await readPayout(db, payoutId, account, language);
    },
  );
}

/** Whoever works here and sells decides nothing about their own money. */
async function refusalTo(db: Tx, { accountId }: Account, payoutId: string) {
  const known = await findPayout(db, payoutId);
  if (known === undefined) return problem("payout_not_found");
  return known.sellerId === accountId ? problem("seller_own") : null;
}

async function findPayout(db: Tx, payoutId: string) {
  const [row] = await payoutList(db, { sellerId: null, payoutId, limit: 1, offset: 0 });
  return row;
}

async function readPayout(db: Tx, payoutId: string, { accountId }: Account, language: Language) {
  const row = must(await findPayout(db, payoutId), "a payout that was moved is there");
  return presentOpsPayout(row, accountId, language);
}

type Step = { readonly action: string; readonly payoutId: string; readonly detail?: Details };

/** In the trail a payout's steps stand under its seller. */
async function note(db: Tx, { audit }: DeskDeps, { accountId, role }: Account, done: Step): Promise<void> {
  const row = must(await findPayout(db, done.payoutId), "a payout that was moved is there");
  const { payoutId, sellerId, currency, amountMinor } = row;
  const detail = { payoutId, currency, amountCents: toWire(amountMinor), ...done.detail };
  await audit(db, { accountId, role, action: done.action, subject: sellerId, detail });
}
