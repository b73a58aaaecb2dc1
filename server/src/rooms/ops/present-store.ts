import type { OpsStore } from "@muse/contracts/ops-store";
import { must } from "#kernel/assert.ts";
import { toWire } from "#kernel/money.ts";
import type { Db } from "#platform/db/query.ts";
import { getStore, storePlacement, tierGates, tierHealth, type TierGatesRow, type TierHealthRow } from "#rooms/store";
import { shippingList, type ShippingListRow } from "./ops.sql.gen.ts";

type Store = NonNullable<Awaited<ReturnType<typeof getStore>>>;

/** One store as the desk sees it, or null. */
export async function readStore(db: Db, storeId: string): Promise<OpsStore | null> {
  const store = await getStore(db, storeId);
  if (store === null) return null;
  const [presented] = await presentStores(db, [store]);
  return must(presented, "one store, one view");
}

/** These stores with how their tiers stand and do, and how they deliver: read for them alone. */
export async function presentStores(db: Db, stores: readonly Store[]): Promise<OpsStore[]> {
  const of = { storeIds: stores.map(({ storeId }) => storeId) };
  // One after another: whoever has just changed a store reads it in the same transaction.
  const options = await shippingList(db, of);
  const gates = await tierGates(db, of);
  const health = await tierHealth(db, of);
  return stores.map((store) => presentStore(store, { options, gates, health }));
}

type Behind = {
  readonly options: readonly ShippingListRow[];
  readonly gates: readonly TierGatesRow[];
  readonly health: readonly TierHealthRow[];
};

function presentStore(store: Store, { options, gates, health }: Behind): OpsStore {
  const { storeId, name, description, kind, currency, homepage, returnPolicy, priceMarginBp, byHandHoursMax } = store;
  const has = (purpose: string): boolean => store.credentialPurposes.includes(purpose);
  return {
    storeId,
    name,
    description,
    kind,
    currency,
    homepage,
    returnPolicy,
    priceMarginBp,
    enabled: store.isActive,
    tiers: store.tiers.map(({ isEnabled, ...tier }) => {
      const isOf = (row: TierGatesRow | TierHealthRow): boolean =>
        row.storeId === storeId && row.position === tier.position;
      const rows = health.filter(isOf);
      return {
        ...tier,
        enabled: isEnabled,
        gate: presentGate(gates.find(isOf)),
        health: {
          last15Minutes: presentHealth(rows.find(({ span }) => span === "quarter")),
          last24Hours: presentHealth(rows.find(({ span }) => span === "day")),
        },
      };
    }),
    permission:
      store.permission === null
        ? null
        : {
            ...store.permission,
            hours:
              store.permission.hours === null
                ? null
                : { ...store.permission.hours, days: [...store.permission.hours.days] },
            recordedAt: store.permission.recordedAt.toISOString(),
          },
    placement: storePlacement(store.isByHand ? byHandHoursMax : null),
    byHandHoursMax,
    shippingOptions: options.filter((option) => option.storeId === storeId).map(presentOption),
    credentials: { api: has("api"), headless: has("headless"), webhookSecret: has("webhook") },
    updatedAt: store.updatedAt.toISOString(),
  };
}

type Tier = OpsStore["tiers"][number];

/** A tier that was taken away between two reads stands open and has done nothing. */
function presentGate(row: TierGatesRow | undefined): Tier["gate"] {
  return {
    state: (row?.state ?? "open") as Tier["gate"]["state"],
    until: row?.until?.toISOString() ?? null,
    reason: row?.reason ?? null,
    trips: row?.trips ?? 0,
  };
}

function presentHealth(row: TierHealthRow | undefined): Tier["health"]["last24Hours"] {
  const count = (of: "total" | "placed" | "refused" | "unavailable" | "unknown"): number => toWire(row?.[of] ?? 0n);
  const total = count("total");
  return {
    total,
    placed: count("placed"),
    refused: count("refused"),
    unavailable: count("unavailable"),
    unknown: count("unknown"),
    successRate: total === 0 ? null : Math.round(((count("placed") + count("refused")) / total) * 10_000) / 10_000,
    p50Ms: row?.p50Ms ?? null,
    p95Ms: row?.p95Ms ?? null,
    reasons: (row?.reasons ?? []) as { reason: string; count: number }[],
  };
}

function presentOption(option: ShippingListRow): OpsStore["shippingOptions"][number] {
  return {
    optionId: option.optionId,
    name: option.name,
    kind: option.kind,
    amountCents: toWire(option.amountMinor),
    perItemCents: toWire(option.perItemMinor),
    freeAboveCents: option.freeAboveMinor === null ? null : toWire(option.freeAboveMinor),
    daysMin: option.daysMin,
    daysMax: option.daysMax,
  };
}
