import type { HttpServer } from "#platform/http/server-type.ts";
import { cancelRoute } from "./cancel-route.ts";
import { evidenceRoutes } from "./evidence-routes.ts";
import { manualRoutes, type ManualRoutesDeps } from "./manual-routes.ts";

export type PlacementRoutesDeps = ManualRoutesDeps & {
  /** Where workers' browsers leave what they saw. */
  readonly evidenceFolder: string;
};

/** What shoppers and operators do about placing an order. */
export function placementRoutes(http: HttpServer, deps: PlacementRoutesDeps): void {
  cancelRoute(http);
  manualRoutes(http, deps);
  evidenceRoutes(http, deps.evidenceFolder);
}
