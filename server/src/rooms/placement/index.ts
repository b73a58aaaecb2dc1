/** The placement room: how an order reaches its store, once, and how it comes back. Uses: store, order. */
export { openBrowsing, type Browsing } from "./browsing.ts";
export { cancelOrder } from "./cancel-order.ts";
export { placementJobs, placementSweeps } from "./jobs.ts";
export type { AuditEntry } from "./manual-routes.ts";
export { createPlacer, type Placer } from "./placer.ts";
export { placementsErase, placementsExport } from "./privacy.sql.gen.ts";
export { placementRoutes } from "./routes.ts";
