import type { Shop } from "./shop.ts";
import type { Kept } from "./payment.ts";

/** The payer has half an hour in the window. */
export const authenticateWithinMs = 30 * 60_000;
/** Then the shop has ten minutes to confirm. */
export const confirmWithinMs = 10 * 60_000;
const pollMs = 500;

/** Whether its time to be paid, or to be confirmed, is over. */
export function isOverdue({ payment, requestedMs, authenticatedMs }: Kept, nowMs: number): boolean {
  if (payment.status === "READY") return nowMs > requestedMs + authenticateWithinMs;
  return payment.status === "IN_PROGRESS" && nowMs > (authenticatedMs ?? requestedMs) + confirmWithinMs;
}

/**
 * A payment as it stands by now. A virtual account whose due date has passed says so and stays WAITING_FOR_DEPOSIT:
 * Toss tells nobody of that.
 */
export function asOfNow(shop: Shop, kept: Kept): Kept {
  const nowMs = shop.now();
  const { payment } = kept;
  if (isOverdue(kept, nowMs)) return { ...kept, payment: { ...payment, status: "EXPIRED" } };
  const { virtualAccount } = payment;
  const isPastDue = payment.status === "WAITING_FOR_DEPOSIT" && kept.dueMs !== null && nowMs > kept.dueMs;
  return isPastDue && virtualAccount !== null
    ? { ...kept, payment: { ...payment, virtualAccount: { ...virtualAccount, expired: true } } }
    : kept;
}

/** Ends what is overdue and tells the shop. */
export function expireOverdue(shop: Shop): void {
  const open = [...shop.store.withStatus("READY"), ...shop.store.withStatus("IN_PROGRESS")];
  const nowMs = shop.now();
  for (const kept of open) {
    if (!isOverdue(kept, nowMs)) continue;
    shop.world.atomically(() => shop.saveAndTell({ ...kept, payment: { ...kept.payment, status: "EXPIRED" } }));
  }
}

export function startClocks(shop: Shop): void {
  const timer = setInterval(() => expireOverdue(shop), pollMs);
  timer.unref();
  shop.world.onClose(() => clearInterval(timer));
}
