import type { Shop } from "../web/shop.ts";
import type { Choice } from "./listbox.ts";

/** A guest pays by an institution's account; who has signed in, by what the account keeps. Nobody types a card. */
export function paymentsOf(shop: Shop, accountId: string | null): readonly Choice[] {
  const account = shop.accounts.find(accountId ?? "");
  if (account !== undefined) return account.payments.map(({ id, label }) => ({ value: id, label }));
  return [{ value: "institution", label: "School or library account, invoiced monthly" }];
}
