/** The ops room: what operators see and may do, and the trail of what they did. Uses: every room but agent. */
export { openDeskWatch, type DeskWatch } from "./desk-watch.ts";
export { approvalsErase, auditErase, sellerNotesErase } from "./privacy.sql.gen.ts";
export { recordAudit } from "./record-audit.ts";
export { opsRoutes } from "./routes.ts";
