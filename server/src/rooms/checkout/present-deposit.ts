import type { Deposit } from "@muse/contracts/checkout";
import type { DepositRecord } from "./record.ts";

/** Where the payer sends the money, as the contract shows it. */
export function presentDeposit({ bankCode, accountNumber, holderName, dueAt }: DepositRecord): Deposit {
  return {
    bankCode,
    bankName: banks[bankCode] ?? null,
    accountNumber,
    holderName,
    dueAt: new Date(dueAt).toISOString(),
  };
}

/** @see https://docs.tosspayments.com/codes/org-codes */
const banks: Readonly<Record<string, string>> = {
  "03": "IBK기업은행",
  "04": "KB국민은행",
  "06": "KB국민은행",
  "07": "Sh수협은행",
  "11": "NH농협은행",
  "20": "우리은행",
  "23": "SC제일은행",
  "31": "iM뱅크",
  "32": "부산은행",
  "34": "광주은행",
  "37": "전북은행",
  "39": "경남은행",
  "45": "새마을금고",
  "71": "우체국예금보험",
  "81": "하나은행",
  "88": "신한은행",
};
