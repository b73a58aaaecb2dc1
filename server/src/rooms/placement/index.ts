/** The placement room: how an order reaches its store, once, and how it comes back. Uses: store, order. */
export { cancelOrder, type CancelOrderResult } from "./cancel-order.ts";
export { placementJobs, placementSweeps, type PlacementSweepsDeps } from "./jobs.ts";
export type { AuditEntry, ManualRoutesDeps } from "./manual-routes.ts";
export { placementsGauge, storeLimitPut } from "./placement.sql.gen.ts";
export { createPlacer, type Placer, type PlacerDeps } from "./placer.ts";
export { placementRoutes } from "./routes.ts";
