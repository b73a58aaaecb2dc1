import type { World } from "#core/world.ts";
import { newId, randomText } from "./ids.ts";
import type { Kept, Payment } from "./payment.ts";
import { openStore, type Store } from "./store.ts";

/** One shop's account at Toss, in test mode. */
export type Shop = {
  readonly world: World;
  readonly store: Store;
  /** Milliseconds since 1970 by Toss's own clock, which a test may put ahead. */
  now(): number;
  putAhead(aheadMs: number): void;
  newPaymentKey(): string;
  /** Keeps the payment as it is now, and tells the shop where Toss does that. */
  save(kept: Kept): void;
  saveAndTell(kept: Kept): void;
  /** The flat message of a virtual account (`DEPOSIT_CALLBACK`). */
  tellDeposit(payment: Payment): void;
  /** The deliveries that the next answer has to wait for (the fault `webhook_first`), forgotten once taken. */
  takeFirstDeliveries(): readonly Promise<void>[];
};

const aheadKey = "toss_ahead_ms";

/** Statuses of which Toss tells the shop by itself. */
const toldStatuses: ReadonlySet<string> = new Set(["DONE", "ABORTED", "EXPIRED", "CANCELED", "PARTIAL_CANCELED"]);

export function openShop(world: World): Shop {
  const store = openStore(world);
  let firstDeliveries: Promise<void>[] = [];
  const now = (): number => world.now() + aheadOf(world);
  const tell = (type: string, body: object): void => {
    const id = newId("", world.now());
    const delivered = world.webhooks.publish({ source: "toss", id, type, body: JSON.stringify(body) });
    if (!world.faults.isQuiet()) firstDeliveries.push(delivered);
  };
  const saveAndTell = (kept: Kept): void => {
    store.put(kept);
    if (!toldStatuses.has(kept.payment.status)) return;
    const eventType = "PAYMENT_STATUS_CHANGED";
    tell(eventType, { eventType, createdAt: new Date(now()).toISOString().replace("Z", "000"), data: kept.payment });
  };

  return {
    world,
    store,
    now,
    putAhead: (aheadMs) => world.settings.write(aheadKey, aheadMs),
    newPaymentKey: () => `tviva${newId("", now()).slice(0, 12)}${randomText(8)}`,
    save: (kept) => store.put(kept),
    saveAndTell,
    tellDeposit(payment) {
      tell("DEPOSIT_CALLBACK", {
        createdAt: new Date(now()).toISOString().replace("Z", "000"),
        secret: payment.secret,
        status: payment.status,
        transactionKey: payment.lastTransactionKey,
        orderId: payment.orderId,
      });
    },
    takeFirstDeliveries() {
      const taken = firstDeliveries;
      if (taken.length > 0) firstDeliveries = [];
      return taken;
    },
  };
}

function aheadOf(world: World): number {
  const kept = world.settings.read(aheadKey);
  return typeof kept === "number" ? kept : 0;
}
