import type { HttpServer } from "#platform/http/server-type.ts";
import type { MasterKey } from "#rooms/store";
import { alertRoutes } from "./alert-routes.ts";
import { approvalRoutes } from "./approval-routes.ts";
import { auditRoutes } from "./audit-routes.ts";
import { deskRoutes } from "./desk-routes.ts";
import type { DeskWatch } from "./desk-watch.ts";
import { disputeRoutes } from "./dispute-routes.ts";
import { eventRoutes } from "./event-routes.ts";
import { ledgerRoutes } from "./ledger-routes.ts";
import { metricsRoutes } from "./metrics-routes.ts";
import { opsOrderRoutes } from "./order-routes.ts";
import { refundRoutes } from "./refund-routes.ts";
import { storeRoutes } from "./store-routes.ts";
import { storeStateRoutes } from "./store-state-routes.ts";

type OpsRoutesDeps = {
  /** Seals the credentials of stores. */
  readonly masterKey: MasterKey;
  readonly desk: DeskWatch;
};

/** The contract's `/api/v1/admin`, but for the manual desk, which is the placement room's. */
export function opsRoutes(http: HttpServer, { masterKey, desk }: OpsRoutesDeps): void {
  metricsRoutes(http);
  alertRoutes(http);
  opsOrderRoutes(http);
  refundRoutes(http);
  approvalRoutes(http);
  ledgerRoutes(http);
  disputeRoutes(http);
  storeRoutes(http, masterKey);
  storeStateRoutes(http);
  deskRoutes(http, desk);
  eventRoutes(http);
  auditRoutes(http);
}
