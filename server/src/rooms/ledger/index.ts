/** The ledger room: the books in double entry, and how they compare with the providers' own. Uses: nothing. */
export {
  balanceList,
  differenceList,
  reconciliationAsk,
  reconciliationList,
  reconciliationRead,
  type DifferenceListRow,
  type ReconciliationReadRow,
} from "./ledger.sql.gen.ts";
export type { ProviderBooks, ProviderRecord } from "./provider-records.ts";
export { reconcileJobs, reconcileSweeps } from "./reconcile.ts";
export {
  payableList,
  payoutApprove,
  payoutFailed,
  payoutList,
  payoutPaid,
  payoutPrepare,
  payoutRules,
  sellerBalances,
  type PayoutListRow,
  type SellerBalancesRow,
} from "./payout.sql.gen.ts";
export { writeStatement } from "./statement.ts";
