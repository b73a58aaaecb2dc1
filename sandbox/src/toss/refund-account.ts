import type { RefundReceiveAccount } from "./payment.ts";
import { refused, type Refusal } from "./refusal.ts";
import type { Body } from "./route.ts";

/**
 * The account that a deposit goes back into, as the request names it. Without one, or with one that its bank does not
 * know, nothing is sent. What begins with 9999 is somebody else's than the holder named; with 8888, an account that
 * takes no money.
 */
export function receiveAccountOf({ refundReceiveAccount: given }: Body): RefundReceiveAccount | Refusal {
  if (typeof given !== "object" || given === null) return refused("INVALID_REFUND_ACCOUNT_INFO");
  const { bank, accountNumber, holderName } = given as Record<string, unknown>;
  if (typeof bank !== "string" || !bankCodes.has(bank)) return refused("INVALID_BANK");
  if (typeof accountNumber !== "string" || !/^\d{6,20}$/.test(accountNumber))
    return refused("INVALID_REFUND_ACCOUNT_NUMBER");
  const isNamed = typeof holderName === "string" && holderName !== "" && holderName.length <= 60;
  if (!isNamed || accountNumber.startsWith("9999")) return refused("INVALID_REFUND_ACCOUNT_INFO");
  if (accountNumber.startsWith("8888")) return refused("FORBIDDEN_BANK_REFUND_REQUEST");
  return { bankCode: bank, accountNumber, holderName };
}

/** @see https://docs.tosspayments.com/codes/org-codes */
const bankCodes: ReadonlySet<string> = new Set(
  "02 03 06 07 11 12 20 23 27 31 32 34 35 37 39 45 48 50 54 64 71 81 88 89 90 92".split(" "),
);
