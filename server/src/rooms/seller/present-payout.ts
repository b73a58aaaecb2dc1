import type { OpsPayout, SellerPayout, SellerStanding } from "@muse/contracts/payout";
import type { Language } from "@muse/contracts/error";
import { toWire } from "#kernel/money.ts";
import type { PayoutListRow, SellerBalancesRow } from "#rooms/ledger";
import { displayMinor } from "#rooms/order";
import { currencyOf } from "./present.ts";

/** Where a seller stands in one currency. */
export function presentStanding(row: SellerBalancesRow, language: Language): SellerStanding {
  const display = (minor: bigint): string => displayMinor(minor, row.currency, language);
  return {
    currency: currencyOf(row.currency),
    balanceCents: toWire(row.balanceMinor),
    balanceDisplay: display(row.balanceMinor),
    heldCents: toWire(row.heldMinor),
    heldDisplay: display(row.heldMinor),
    availableCents: toWire(row.availableMinor),
    availableDisplay: display(row.availableMinor),
    onItsWayCents: toWire(row.onItsWayMinor),
    onItsWayDisplay: display(row.onItsWayMinor),
    nextAt: row.nextAt?.toISOString() ?? null,
  };
}

/** As its seller sees it: nothing of who did what at Muse. */
export function presentPayout(row: PayoutListRow, language: Language): SellerPayout {
  return {
    payoutId: row.payoutId,
    currency: currencyOf(row.currency),
    amountCents: toWire(row.amountMinor),
    amountDisplay: displayMinor(row.amountMinor, row.currency, language),
    status: row.status,
    preparedAt: row.preparedAt.toISOString(),
    reference: row.reference,
    paidAt: row.paidAt?.toISOString() ?? null,
    failure: row.failure as SellerPayout["failure"],
    failedAt: row.failedAt?.toISOString() ?? null,
  };
}

/** As the house sees it. @param callerId whose own payouts are told from others' */
export function presentOpsPayout(row: PayoutListRow, callerId: string, language: Language): OpsPayout {
  return {
    ...presentPayout(row, language),
    sellerId: row.sellerId,
    sellerName: row.sellerName,
    needsSecond: row.needsSecond,
    preparedBy: row.preparedBy,
    approvedBy: row.approvedBy,
    approvedAt: row.approvedAt?.toISOString() ?? null,
    isOwn: row.preparedBy === callerId,
  };
}
