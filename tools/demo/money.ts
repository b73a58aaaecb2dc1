import { formatMinor, isCurrency } from "../../server/src/kernel/money.ts";
import { DemoError } from "./api.ts";

/** Formats amounts that the API gives as a number alone; wherever it says a Display itself, that one is shown. */
export function moneyIn(currency: string, language: "en" | "ko"): (minor: number) => string {
  if (!isCurrency(currency)) throw new DemoError(`${currency} is a currency that Muse does not sell in`);
  return (minor) => formatMinor(BigInt(minor), currency, language);
}
