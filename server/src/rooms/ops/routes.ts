import type { HttpServer } from "#platform/http/server-type.ts";
import type { MasterKey } from "#rooms/store";
import { auditRoutes } from "./audit-routes.ts";
import { eventRoutes } from "./event-routes.ts";
import { metricsRoutes } from "./metrics-routes.ts";
import { opsOrderRoutes } from "./order-routes.ts";
import { refundRoutes } from "./refund-routes.ts";
import { storeRoutes } from "./store-routes.ts";

type OpsRoutesDeps = {
  /** Seals the credentials of stores. */
  readonly masterKey: MasterKey;
};

/** The contract's `/api/v1/admin`, but for the manual desk, which is the placement room's. */
export function opsRoutes(http: HttpServer, { masterKey }: OpsRoutesDeps): void {
  metricsRoutes(http);
  opsOrderRoutes(http);
  refundRoutes(http);
  storeRoutes(http, masterKey);
  eventRoutes(http);
  auditRoutes(http);
}
