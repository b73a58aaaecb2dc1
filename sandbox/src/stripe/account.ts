import type { World } from "#core/world.ts";
import { newId } from "./ids.ts";
import { apiVersion, type Objects, type ObjectType } from "./objects.ts";
import { openStore, type Store } from "./store.ts";
import { openTimers, type Timers } from "./timers.ts";

/** The request that an event is blamed on; null where the account itself acted (a page, a timer). */
export type RequestRef = { readonly id: string | null; readonly idempotencyKey: string | null };

/** One Stripe account in test mode: what it keeps, and what it tells the world. */
export type Account = {
  readonly world: World;
  readonly store: Store;
  readonly timers: Timers;
  /** Seconds since 1970, as Stripe dates everything. */
  seconds(): number;
  newId(prefix: string): string;
  /** Keeps an event and sends it to whoever wants it. `previous` is the old value of what an update changed. */
  emit(type: string, object: Objects[ObjectType], previous?: object): void;
  /** Runs `work` with its events blamed on this request. */
  during<T>(request: RequestRef, work: () => T): T;
  /** The deliveries that the next answer has to wait for (the fault `webhook_first`), forgotten once taken. */
  takeFirstDeliveries(): readonly Promise<void>[];
};

const nobody: RequestRef = { id: null, idempotencyKey: null };

export function openAccount(world: World): Account {
  const store = openStore(world.db);
  const timers = openTimers(world);
  let current = nobody;
  let firstDeliveries: Promise<void>[] = [];
  const seconds = (): number => Math.floor(world.now() / 1000);

  return {
    world,
    store,
    timers,
    seconds,
    newId: (prefix) => newId(prefix, world.now()),
    emit(type, object, previous) {
      const id = newId("evt", world.now());
      const wanting = world.webhooks.targets.wanting("stripe", type);
      const body = JSON.stringify({
        id,
        object: "event",
        api_version: apiVersion,
        created: seconds(),
        data: previous === undefined ? { object } : { object, previous_attributes: previous },
        livemode: false,
        pending_webhooks: wanting.length,
        request: { id: current.id, idempotency_key: current.idempotencyKey },
        type,
      });
      const delivered = world.webhooks.publish({ source: "stripe", id, type, body });
      if (!world.faults.isQuiet()) firstDeliveries.push(delivered);
    },
    during(request, work) {
      current = request;
      try {
        return work();
      } finally {
        current = nobody;
      }
    },
    takeFirstDeliveries() {
      const taken = firstDeliveries;
      if (taken.length > 0) firstDeliveries = [];
      return taken;
    },
  };
}
