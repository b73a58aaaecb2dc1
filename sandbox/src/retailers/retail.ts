import type { FastifyRequest } from "fastify";

import { requestText } from "#core/transport-faults.ts";
import type { World } from "#core/world.ts";
import type { OrderBook } from "./order-book.ts";
import type { Shelf } from "./shelf.ts";

/** What every store's routes stand on. */
export type Retail = {
  readonly world: World;
  readonly shelf: Shelf;
  readonly orders: OrderBook;
  /** Where this machine's mail server listens; null while it does not. */
  readonly smtpPort: () => Promise<number | null>;
};

const driftPercentDefault = 10;

/** Whether a fault of this business kind fires for this request. */
export function isFaulted(retail: Retail, request: FastifyRequest, kind: string): boolean {
  const { part, endpoint } = request.routeOptions.config;
  if (retail.world.faults.isQuiet() || part === undefined || endpoint === undefined) return false;
  return retail.world.faults.hit(part, endpoint, () => requestText(request), [kind]) !== undefined;
}

/** Percent that prices are off by for this request; 0 without the fault. */
export function driftPercentOf(retail: Retail, request: FastifyRequest): number {
  const { part, endpoint } = request.routeOptions.config;
  if (retail.world.faults.isQuiet() || part === undefined || endpoint === undefined) return 0;
  const rule = retail.world.faults.hit(part, endpoint, () => requestText(request), ["price_drift"]);
  if (rule === undefined) return 0;
  return typeof rule.value === "number" ? rule.value : driftPercentDefault;
}

/** `http://127.0.0.1:4100`: as the caller sees this program. */
export function originOf(request: FastifyRequest): string {
  return `${request.protocol}://${request.host}`;
}
