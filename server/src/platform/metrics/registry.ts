import { collectDefaultMetrics, Registry } from "prom-client";

/** The program's metrics, with those of the process itself (CPU, memory, event loop, garbage collection). */
export function openRegistry(program: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ program });
  collectDefaultMetrics({ register: registry });
  return registry;
}
