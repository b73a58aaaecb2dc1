import { bankName } from "@muse/contracts/bank";
import type { Deposit } from "@muse/contracts/checkout";
import type { Language } from "@muse/contracts/error";
import type { DepositRecord } from "./record.ts";

/** Where the payer sends the money, as the contract shows it. */
export function presentDeposit(
  { bankCode, accountNumber, holderName, dueAt, isReverted }: DepositRecord,
  language: Language,
): Deposit {
  return {
    bankCode,
    bankName: bankName(bankCode, language),
    accountNumber,
    holderName,
    dueAt: new Date(dueAt).toISOString(),
    isReverted,
  };
}
