/**
 * The order room: what was bought from whom, where it stands, and what of its money went back. Uses: payment, by SQL.
 */
export {
  orderRead,
  ordersAdopt as adoptOrders,
  refundRequestAnswer,
  refundRequestList,
  refundsStuck,
  type OrderReadRow as KnownOrder,
} from "./order.sql.gen.ts";
export { planRefund, type RefundPlan, type RefundWish } from "./plan-refund.ts";
export { displayMinor, presentOrder } from "./present.ts";
export { refundJobs, refundSweeps, settleRefund, type RefundJobDeps } from "./refund-job.ts";
export { refundOrder, type RefundOrderInput, type RefundOrderResult } from "./refund-order.ts";
export { orderRoutes, type OrderRoutesDeps } from "./routes.ts";
