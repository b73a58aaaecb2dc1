import type { World } from "#core/world.ts";
import type { OrderBook } from "./order-book.ts";

/** Small enough that a step is never late by what a person notices, large enough to cost nothing. */
const sweepMs = 200;
/** One sweep holds the event loop for a few milliseconds at most; what is left waits for the next. */
const batchMax = 50;

/** Moves orders on by themselves while `autoAdvance` is on. */
export function startLifeOfOrders(world: World, orders: OrderBook): void {
  let isBusy = false;
  const sweep = async (): Promise<void> => {
    if (isBusy || !orders.clock.read().autoAdvance) return;
    isBusy = true;
    try {
      for (const order of orders.due(batchMax)) await orders.advance(order);
    } finally {
      isBusy = false;
    }
  };
  const timer = setInterval(() => void sweep(), sweepMs);
  timer.unref();
  world.onClose(() => clearInterval(timer));
}
