import type { HttpServer } from "#platform/http/server-type.ts";
import { cancelRoute } from "./cancel-route.ts";
import { manualRoutes, type ManualRoutesDeps } from "./manual-routes.ts";

/** What shoppers and operators do about placing an order. */
export function placementRoutes(http: HttpServer, deps: ManualRoutesDeps): void {
  cancelRoute(http);
  manualRoutes(http, deps);
}
