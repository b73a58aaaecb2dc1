import { z } from "zod";
import type { Language } from "@muse/contracts/error";
import { bankName } from "@muse/contracts/bank";
import type { RefundAccountView } from "@muse/contracts/refund-account";
import { assert, must } from "#kernel/assert.ts";
import { formatMinor, isCurrency } from "#kernel/money.ts";
import type { Db } from "#platform/db/query.ts";
import type { Tx } from "#platform/db/tx.ts";
import { openText, rewrapText, sealText, type MasterKey, type Opened, type Sealed } from "#platform/seal/seal.ts";
import {
  refundAccountGive,
  refundAccountRead,
  refundAccountRewrap,
  refundAccountsUnder,
  refundsWaiting,
} from "./payment.sql.gen.ts";
import type { ReceiveAccount } from "./provider.ts";

export type GiveRefundAccount = {
  readonly sessionId: string;
  /** Whose checkout it must be; null: an operator enters it for them. */
  readonly accountId: string | null;
  readonly givenBy: string;
  readonly account: ReceiveAccount;
};

export type GivenRefundAccount =
  /** `sent`: what the refunds that waited for it are of, by order or checkout; none where it is under way already. */
  | { readonly kind: "given"; readonly view: RefundAccountView; readonly sent: readonly string[] }
  | { readonly kind: "not_found" }
  /** No refund of this checkout needs an account. */
  | { readonly kind: "not_wanted" }
  /** Another account was named a moment ago, and its refund is under way. */
  | { readonly kind: "other_given" };

/**
 * Names the account that the refunds of a checkout go into. Each gets it sealed under a key of its own, in the commit
 * that has it sent; a second press finds nothing waiting any more and changes nothing.
 */
export async function giveRefundAccount(
  open: Tx,
  master: MasterKey,
  { sessionId, accountId, givenBy, account }: GiveRefundAccount,
  language: Language,
): Promise<GivenRefundAccount> {
  if ((await refundAccountRead(open, { sessionId, accountId })) === null) return { kind: "not_found" };
  const sent: string[] = [];
  for (const { refundId, orderNumber } of await refundsWaiting(open, { sessionId })) {
    const sealed = sealText(master, bindingOf(refundId), JSON.stringify(account));
    const of = { bankCode: account.bankCode, lastDigits: account.accountNumber.slice(-3), givenBy };
    const { isGiven } = await refundAccountGive(open, { refundId, ...of, ...sealed });
    if (isGiven) sent.push(orderNumber ?? sessionId);
  }
  const after = must(await refundAccountRead(open, { sessionId, accountId }), "a payment stays");
  const view = presentRefundAccount(after.wanted, after.currency, language);
  if (view === null) return { kind: "not_wanted" };
  const isUnderWay = sent.length > 0 || isSame(after.wanted as RefundAccountRecord, account);
  return isUnderWay ? { kind: "given", view, sent } : { kind: "other_given" };
}

function isSame({ bankCode, lastDigits }: RefundAccountRecord, account: ReceiveAccount): boolean {
  return bankCode === account.bankCode && lastDigits === account.accountNumber.slice(-3);
}

/** As `payment.refund_account_json_1` writes it. */
type RefundAccountRecord = {
  readonly status: RefundAccountView["status"];
  readonly amountMinor: number;
  readonly failureCode: string | null;
  readonly bankCode: string | null;
  readonly lastDigits: string | null;
};

/** What a payer is asked, or has answered. @param json as `payment.refund_account_json_1` writes it */
export function presentRefundAccount(json: unknown, currency: string, language: Language): RefundAccountView | null {
  if (json === null) return null;
  assert(isCurrency(currency), "presentRefundAccount: a payment is in a currency of ours");
  const { status, amountMinor, failureCode, bankCode, lastDigits } = json as RefundAccountRecord;
  return {
    status,
    amountCents: amountMinor,
    amountDisplay: formatMinor(BigInt(amountMinor), currency, language),
    problem: failureCode === null || lastDigits === null ? null : (problems[failureCode] ?? otherProblem)[language],
    bankName: bankCode === null ? null : bankName(bankCode, language),
    lastDigits,
  };
}

const otherProblem = {
  en: "The bank could not send money to this account. Please name another one.",
  ko: "은행에서 이 계좌로 송금하지 못했습니다. 다른 계좌를 입력해 주세요.",
};

const problems: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  invalid_refund_account_info: {
    en: "The account and the name of its holder do not belong together.",
    ko: "계좌번호와 예금주명이 일치하지 않습니다.",
  },
  invalid_refund_account_number: {
    en: "The bank does not know this account number.",
    ko: "은행에서 확인되지 않는 계좌번호입니다.",
  },
  invalid_bank: { en: "Money cannot be sent to this bank.", ko: "송금할 수 없는 은행입니다." },
  forbidden_bank_refund_request: {
    en: "This account takes no money at the moment.",
    ko: "현재 입금을 받을 수 없는 계좌입니다.",
  },
};

const Account = z.object({ bankCode: z.string(), accountNumber: z.string(), holderName: z.string() });

/** The account of a refund, for the call that is about to send it; kept by nobody. */
export function openRefundAccount(
  master: MasterKey,
  refundId: string,
  sealed: Sealed,
): { readonly kind: "opened"; readonly account: ReceiveAccount } | Exclude<Opened, { kind: "opened" }> {
  const opened = openText(master, bindingOf(refundId), sealed);
  return opened.kind === "opened" ? { kind: "opened", account: Account.parse(JSON.parse(opened.text)) } : opened;
}

/** Bound into the seal: a row that was copied to another refund does not open. */
function bindingOf(refundId: string): string {
  return `muse refund account\n${refundId}`;
}

/**
 * Puts the keys of all accounts under the master key; `master.other` opens those that are under the one before.
 *
 * @returns how many, and the refunds whose account no key at hand opens: it is asked for again once it is to be sent
 */
export async function rotateRefundAccounts(
  db: Db,
  master: MasterKey,
): Promise<{ readonly rewrapped: number; readonly shut: readonly string[] }> {
  const shut: string[] = [];
  let rewrapped = 0;
  let afterRefundId = "";
  for (;;) {
    const rows = await refundAccountsUnder(db, { masterKeyId: master.id, afterRefundId });
    for (const { refundId, ...row } of rows) {
      const done = rewrapText(master, bindingOf(refundId), row);
      if (done.kind !== "rewrapped") {
        shut.push(refundId);
        continue;
      }
      const { wrappedKey } = done;
      const put = { refundId, wrappedKey, masterKeyId: master.id, oldWrappedKey: row.wrappedKey };
      rewrapped += (await refundAccountRewrap(db, put)) === null ? 0 : 1;
    }
    const last = rows.at(-1);
    if (last === undefined) return { rewrapped, shut };
    afterRefundId = last.refundId;
  }
}
