import { Counter, Histogram, type Registry } from "prom-client";

export type HttpMetrics = {
  readonly observe: (method: string, route: string, status: number, ms: number) => void;
  /** A request was turned away unread, and why. */
  readonly shed: (reason: string) => void;
};

/** From a cached read (1 ms) to a place that waits for its stores (10 s). */
const bucketsS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15];

/** How long requests take, by route pattern: a label of raw URLs would grow without bound and hold what people type. */
export function httpMetrics(registry: Registry): HttpMetrics {
  const histogram = new Histogram({
    name: "http_request_duration_seconds",
    help: "Time from the first byte of a request to the last of its answer, by route pattern.",
    labelNames: ["method", "route", "status"],
    buckets: bucketsS,
    registers: [registry],
  });
  const shed = new Counter({
    name: "http_requests_shed_total",
    help: "Requests turned away with 503 before any work was done, by what was short.",
    labelNames: ["reason"],
    registers: [registry],
  });
  return {
    shed: (reason) => shed.inc({ reason }),
    observe: (method, route, status, ms) => histogram.observe({ method, route, status: String(status) }, ms / 1000),
  };
}
