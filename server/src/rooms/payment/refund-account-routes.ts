import { SessionParams } from "@muse/contracts/checkout";
import type { Language } from "@muse/contracts/error";
import { RefundAccountBody, RefundAccountView } from "@muse/contracts/refund-account";
import { unreachable } from "#kernel/assert.ts";
import type { Pool } from "#platform/db/pool.ts";
import type { Db } from "#platform/db/query.ts";
import { tx } from "#platform/db/tx.ts";
import { problem, type Details, type Problem } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import type { MasterKey } from "#platform/seal/seal.ts";
import { giveRefundAccount, type GiveRefundAccount } from "./refund-account.ts";

type AuditEntry = {
  readonly accountId: string;
  readonly role: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: Details;
};

export type RefundAccountRoutesDeps = {
  readonly masterKey: MasterKey;
  /** The ops room's door: writes what somebody of the house did into the trail. */
  readonly audit: (db: Db, entry: AuditEntry) => Promise<void>;
};

const common = {
  method: "PUT",
  params: SessionParams,
  body: RefundAccountBody,
  // By nature as long as a card's number.
  digitFields: ["accountNumber"],
  reply: RefundAccountView,
  errors: ["session_not_found", "refund_account_not_wanted", "refund_account_given"],
} as const;

/** Where money goes back to that was paid into an account: told by its owner, or by an operator for them. */
export function refundAccountRoutes(http: HttpServer, deps: RefundAccountRoutesDeps): void {
  route(
    http,
    {
      ...common,
      url: "/api/v1/checkout/sessions/:sessionId/refund-account",
      summary: "Name the bank account that a checkout's refunds go into",
      description:
        "For money that was paid into a virtual account: it goes back by no other way. Kept sealed until the refund is through, and never told again but for the last three digits. Naming the same again changes nothing.",
      tags: ["Checkout"],
      auth: "shopper",
      isUnderWay: true,
      // Whoever tries many would learn from the bank whose accounts they are.
      limits: [{ per: "account", windowS: 3_600, countMax: 20 }],
    },
    async ({ db, account: { accountId }, params: { sessionId }, body, language }) =>
      await give(db, deps, { wish: { sessionId, accountId, givenBy: accountId, account: body }, language, role: null }),
  );
  route(
    http,
    {
      ...common,
      url: "/api/v1/admin/checkouts/:sessionId/refund-account",
      summary: "Enter the bank account that a shopper's refunds go into",
      description: "For those who told it to the house instead. The trail keeps who did, and its last three digits.",
      tags: ["Operations"],
      auth: "ops",
    },
    async ({ db, account, params: { sessionId }, body, language }) =>
      await give(db, deps, {
        wish: { sessionId, accountId: null, givenBy: account.accountId, account: body },
        language,
        role: account.role,
      }),
  );
}

type Giving = {
  readonly wish: GiveRefundAccount;
  readonly language: Language;
  /** Of somebody of the house; null: its owner. */
  readonly role: string | null;
};

async function give(
  db: Pool,
  { masterKey, audit }: RefundAccountRoutesDeps,
  { wish, language, role }: Giving,
): Promise<RefundAccountView | Problem<(typeof common.errors)[number]>> {
  const given = await tx(db, "payment.refund_account", async (open) => {
    const said = await giveRefundAccount(open, masterKey, wish, language);
    if (role !== null && said.kind === "given") {
      const { bankName, lastDigits } = said.view;
      const by = { accountId: wish.givenBy, role, action: "checkout.refund_account", detail: { bankName, lastDigits } };
      for (const subject of said.sent) await audit(open, { ...by, subject });
    }
    return said;
  });
  switch (given.kind) {
    case "given":
      return given.view;
    case "not_found":
      return problem("session_not_found");
    case "not_wanted":
      return problem("refund_account_not_wanted");
    case "other_given":
      return problem("refund_account_given");
    default:
      return unreachable(given);
  }
}
