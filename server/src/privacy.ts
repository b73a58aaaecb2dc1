import type { EraseHindrance } from "@muse/contracts/account";
import type { Pool } from "#platform/db/pool.ts";
import { tx, type Tx } from "#platform/db/tx.ts";
import type { Sweep } from "#platform/jobs/sweep.ts";
import { downloadsDeleteOld, holdingsErase, holdingsExport } from "#rooms/access";
import { visitorsDelete, visitorsStale, type AccountErasing, type AccountExporting } from "#rooms/account";
import { addressesErase, addressesExport } from "#rooms/address";
import { cartsErase, cartsExport } from "#rooms/cart";
import { sessionsEnd, sessionsErase, sessionsExport, sessionsForget, sessionsLock } from "#rooms/checkout";
import { alertsDeleteOld, linksDeleteOld, mailsDeleteOld, mailsErase, mailsExport } from "#rooms/notify";
import { approvalsErase, auditErase, sellerNotesErase } from "#rooms/ops";
import { ordersErase, ordersExport, ordersOpen } from "#rooms/order";
import { paymentsErase, paymentsExport, paymentsOpen, refundsOpen } from "#rooms/payment";
import { placementsErase, placementsExport } from "#rooms/placement";
import { sellersErase, sellersExport, sellersLock, sellersOpen } from "#rooms/seller";
import { shipmentsErase, shipmentsExport } from "#rooms/shipment";
import { eventsDeleteOld, eventsErase, eventsExport } from "#rooms/webhook";

/** Everything of these accounts in every room; a room that begins to keep something of people is added here. */
export const gatherFromRooms: AccountExporting = async (db, accountIds) => {
  const of = { accountIds: [...accountIds] };
  return {
    addresses: (await addressesExport(db, of)).addresses as unknown[],
    cart: (await cartsExport(db, of)).items as unknown[],
    checkouts: (await sessionsExport(db, of)).sessions as unknown[],
    payments: (await paymentsExport(db, of)).payments as unknown[],
    orders: (await ordersExport(db, of)).orders as unknown[],
    holdings: (await holdingsExport(db, of)).holdings as unknown[],
    sellers: (await sellersExport(db, of)).sellers as unknown[],
    shipments: (await shipmentsExport(db, of)).shipments as unknown[],
    manualTasks: (await placementsExport(db, of)).tasks as unknown[],
    events: (await eventsExport(db, of)).events as unknown[],
    mails: (await mailsExport(db, of)).mails as unknown[],
  };
};

/**
 * Takes these accounts out of every room, or says what hinders it and changes nothing. The checkouts are locked first,
 * in the order in which everybody locks: none of them can be paid meanwhile.
 */
export const eraseFromRooms: AccountErasing = async (open, accountIds) => {
  const of = { accountIds: [...accountIds] };
  await sessionsLock(open, of);
  const hindrances = await hindrancesOf(open, of);
  if (hindrances.length > 0) return hindrances;
  await eraseEverywhere(open, of);
  return [];
};

async function hindrancesOf(open: Tx, of: { accountIds: string[] }): Promise<EraseHindrance[]> {
  const { open: payments } = await paymentsOpen(open, of);
  const { open: refunds } = await refundsOpen(open, of);
  const { waiting, cancelling } = await ordersOpen(open, of);
  await sellersLock(open, of);
  const { published, owed } = await sellersOpen(open, of);
  return [
    // What becomes of the money decides what becomes of the goods, and their address is still needed.
    ...(payments > 0n ? (["payment_open"] as const) : []),
    // Nobody could be asked any more where it goes.
    ...(refunds > 0n ? (["refund_open"] as const) : []),
    ...(waiting > 0n ? (["order_waiting"] as const) : []),
    ...(cancelling > 0n ? (["cancellation_open"] as const) : []),
    ...(published > 0n ? (["owns_store"] as const) : []),
    ...(owed > 0n ? (["seller_owed"] as const) : []),
  ];
}

async function eraseEverywhere(open: Tx, of: { accountIds: string[] }): Promise<void> {
  await sessionsEnd(open, of);
  // By what orders and payments are named by, so before nothing of them is left to go by.
  await eventsErase(open, of);
  // By the addresses that are taken out next.
  await mailsErase(open, of);
  await sessionsErase(open, of);
  await ordersErase(open, of);
  await paymentsErase(open, of);
  await holdingsErase(open, of);
  await placementsErase(open, of);
  await shipmentsErase(open, of);
  await auditErase(open, of);
  await sellerNotesErase(open, of);
  await approvalsErase(open, of);
  await sellersErase(open, of);
  await cartsErase(open, of);
  await addressesErase(open, of);
}

/** So many at once that no statement holds its locks for long; a full round is followed by the next at once. */
const rowsPerRound = 1_000;

/** A round of them takes a dozen statements, whose locks it holds together. */
const visitorsPerRound = 200;

/** What is kept no longer than it is needed; docs/privacy.md has the table. */
export function privacySweeps(db: Pool): Sweep[] {
  const hourMs = 3_600_000;
  const full = (count: number): number => (count < rowsPerRound ? 0 : count);
  return [
    {
      name: "checkout.forget_addresses",
      everyMs: hourMs,
      run: async () => full(await sessionsForget(db, { countMax: rowsPerRound })),
    },
    {
      name: "webhook.delete_old",
      everyMs: hourMs,
      run: async () => full(await eventsDeleteOld(db, { countMax: rowsPerRound })),
    },
    {
      name: "notify.delete_old",
      everyMs: hourMs,
      run: async () => {
        const mails = await mailsDeleteOld(db, { countMax: rowsPerRound });
        const links = await linksDeleteOld(db, { countMax: rowsPerRound });
        const alerts = await alertsDeleteOld(db, { countMax: rowsPerRound });
        return full(Math.max(mails, links, alerts));
      },
    },
    {
      name: "access.forget_downloads",
      everyMs: hourMs,
      run: async () => full(await downloadsDeleteOld(db, { countMax: rowsPerRound })),
    },
    { name: "account.forget_visitors", everyMs: hourMs, run: async () => await forgetVisitors(db) },
  ];
}

/** Visitors who never came back and never paid: they and whatever they left. */
async function forgetVisitors(db: Pool): Promise<number> {
  return await tx(db, "account.forget_visitors", async (open: Tx) => {
    const rows = await visitorsStale(open, { countMax: visitorsPerRound });
    const of = { accountIds: rows.map(({ id }) => id) };
    if (of.accountIds.length === 0) return 0;
    await sessionsLock(open, of);
    await eraseEverywhere(open, of);
    await visitorsDelete(open, of);
    return of.accountIds.length;
  });
}
