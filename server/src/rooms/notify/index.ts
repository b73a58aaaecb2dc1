/**
 * The notify room: what people are told by mail, and the links in it. Uses: account, and by reading order,
 * payment, shipment, checkout, ledger, seller.
 */
export { linksOf } from "./links.ts";
export { mailMetrics, type MailMetrics } from "./metrics.ts";
export { alertList, alertWishPut, alertWishRead, type AlertListRow, type AlertWishReadRow } from "./notify.sql.gen.ts";
export { alertsDeleteOld, linksDeleteOld, mailsDeleteOld, mailsErase, mailsExport } from "./privacy.sql.gen.ts";
export { notifyRoutes } from "./routes.ts";
export { sandboxSmtpUrl } from "./sandbox-mail.ts";
export { putSignInLink } from "./sign-in-mail.ts";
export { notifySweeps } from "./sweeps.ts";
export { openTransport } from "./transport.ts";
