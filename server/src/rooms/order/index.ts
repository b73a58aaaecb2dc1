/** The order room: what was bought, where it stands, and what of its money went back. Uses: payment. */
export {
  orderRead,
  ordersAdopt as adoptOrders,
  refundRequestAnswer,
  refundRequestList,
  refundsStuck,
} from "./order.sql.gen.ts";
export { noteProviderRefund, type NotedRefund } from "./note-provider-refund.ts";
export type { RefundWish } from "./plan-refund.ts";
export { displayMinor, presentOrder } from "./present.ts";
export { noticingRefunds } from "./notice-refunds.ts";
export { ordersErase, ordersExport, ordersOpen } from "./privacy.sql.gen.ts";
export { refundJobs, refundSweeps, settleRefund, type RefundJobDeps } from "./refund-job.ts";
export { refundOrder, type RefundOrderResult } from "./refund-order.ts";
export { orderRoutes } from "./routes.ts";
