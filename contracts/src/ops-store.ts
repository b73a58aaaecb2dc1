import { z } from "zod";
import { StorePlacement } from "./catalog.ts";
import { Currency, CursorQuery, Instant, PageQuery, PriceCents } from "./envelope.ts";

const Code = z.string().min(1).max(64);

export const OpsStoreParams = z.strictObject({ storeId: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{1,63}$/) });

const StoreKind = z.enum(["retailer", "seller"]);

const Url = z.url({ protocol: /^https?$/ }).max(500);

export const StoreTier = z
  .strictObject({
    method: z.enum(["api", "headless", "manual"]),
    connector: Code.nullable().default(null),
    baseUrl: Url.nullable().default(null),
    enabled: z.boolean().default(true),
    triesMax: z.int().min(1).max(20).default(4),
    /** Of one try: two minutes at most for an API, fifteen for a browser. */
    timeoutMs: z.int().min(100).max(900_000).default(10_000),
  })
  .refine(({ method, connector, baseUrl }) => method === "manual" || (connector !== null && baseUrl !== null), {
    path: ["connector"],
    message: "A machine's tier needs a connector and its base address.",
  })
  .refine(({ method, timeoutMs }) => method === "headless" || timeoutMs <= 120_000, {
    path: ["timeoutMs"],
    message: "An API answers within two minutes.",
  });

export const StoreShippingOption = z
  .strictObject({
    optionId: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/),
    name: z.string().trim().min(1).max(100),
    kind: z.enum(["flat", "per_item"]),
    amountCents: PriceCents,
    perItemCents: PriceCents.default(0),
    /** Free when the store's goods come to this much; null: never. */
    freeAboveCents: PriceCents.nullable().default(null),
    daysMin: z.int().min(0).max(90),
    daysMax: z.int().min(0).max(90),
  })
  .refine(({ daysMin, daysMax }) => daysMin <= daysMax, {
    path: ["daysMax"],
    message: "`daysMax` is not below `daysMin`.",
  });

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

const permissionFields = {
  /** What the store said and who said it there. */
  words: z.string().trim().min(1).max(2000),
  /** Where it can be read. */
  link: Url.nullable().default(null),
  permittedOn: z.iso.date(),
  /** Over all workers. */
  ordersAtOnce: z.int().min(1).max(100).default(1),
  /** In any sixty minutes; null: no bound. */
  ordersPerHour: z.int().min(1).max(100_000).nullable().default(null),
  /** When orders may be placed there; null: at any time. */
  hours: z
    .strictObject({
      /** Of the tz database, such as America/New_York. */
      timeZone: z.string().min(1).max(64),
      /** Both or neither; a day that closes before it opens ends the next morning. */
      opensAt: TimeOfDay.nullable(),
      closesAt: TimeOfDay.nullable(),
      /** 1 Monday to 7 Sunday: the days on which it opens. */
      days: z.array(z.int().min(1).max(7)).min(1).max(7).default([1, 2, 3, 4, 5, 6, 7]),
    })
    .refine(({ opensAt, closesAt }) => (opensAt === null) === (closesAt === null) && (opensAt ?? "") !== closesAt, {
      path: ["closesAt"],
      message: "Opening and closing are two times, or neither is given.",
    })
    .nullable()
    .default(null),
};

export const StorePermissionBody = z.strictObject(permissionFields);

const StorePermission = z.object({ ...permissionFields, recordedBy: z.string(), recordedAt: Instant });

/** Whether a tier would be tried now. `half_open`: it was sick, and a few orders are sent to see. */
const TierGate = z.object({
  state: z.enum(["open", "half_open", "sick", "paused", "not_permitted", "out_of_hours", "rate_limited"]),
  /** Till then it stays so; null: it does not change by itself. */
  until: Instant.nullable(),
  /** Why it is sick, or what the operator wrote who paused it. */
  reason: z.string().nullable(),
  /** How often in a row it has been sick: each rest is twice as long. */
  trips: z.int(),
});

/** What came of the tries that ended in a span of time. */
const TierHealth = z.object({
  total: z.int(),
  placed: z.int(),
  refused: z.int(),
  unavailable: z.int(),
  unknown: z.int(),
  /** Those that came through, refusals included; null when there were none at all. */
  successRate: z.number().min(0).max(1).nullable(),
  /** How long a try took, within five per cent. */
  p50Ms: z.int().nullable(),
  p95Ms: z.int().nullable(),
  /** Of what did not end placed, the commonest first. */
  reasons: z.array(z.object({ reason: z.string(), count: z.int() })),
});

/** What is left out stays as it is. A store that does not exist yet needs name, kind and currency. */
export const OpsStoreBody = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(),
  description: z.string().trim().max(2000).optional(),
  kind: StoreKind.optional(),
  currency: z.enum(["USD", "KRW"]).optional(),
  homepage: Url.nullable().optional(),
  returnPolicy: z.string().trim().max(5000).optional(),
  /** How far above what the shopper paid the store's total may lie, in basis points. */
  priceMarginBp: z.int().min(0).max(5000).optional(),
  /** Off: nothing of it is sold; orders already paid go on. */
  enabled: z.boolean().optional(),
  /** Where people order, shoppers are told that it may take this long. */
  byHandHoursMax: z.int().min(1).max(240).optional(),
  /**
   * That the store lets a program order in its shop. A browser's tier can be enabled with it alone; null takes it back,
   * and no browser goes there from then on.
   */
  permission: StorePermissionBody.nullable().optional(),
  /** In the order they are tried; replaces all. */
  tiers: z.array(StoreTier).max(9).optional(),
  /** In the order they are shown; replaces all. */
  shippingOptions: z.array(StoreShippingOption).max(20).optional(),
  /** Written, never read back. What is left out stays. */
  credentials: z
    .strictObject({
      api: z.record(z.string().min(1).max(64), z.string().min(1).max(4000)).optional(),
      /** The account that the browser signs in with. */
      headless: z.record(z.string().min(1).max(64), z.string().min(1).max(4000)).optional(),
      webhookSecret: z.string().min(8).max(500).optional(),
    })
    .optional(),
});
export type OpsStoreBody = z.infer<typeof OpsStoreBody>;

export const OpsStore = z.object({
  storeId: z.string(),
  name: z.string(),
  description: z.string(),
  kind: StoreKind,
  currency: Currency,
  homepage: z.string().nullable(),
  returnPolicy: z.string(),
  priceMarginBp: z.int(),
  enabled: z.boolean(),
  tiers: z.array(
    z.object({
      position: z.int(),
      method: z.enum(["api", "headless", "manual"]),
      connector: z.string().nullable(),
      baseUrl: z.string().nullable(),
      enabled: z.boolean(),
      triesMax: z.int(),
      timeoutMs: z.int(),
      gate: TierGate,
      health: z.object({ last15Minutes: TierHealth, last24Hours: TierHealth }),
    }),
  ),
  /** Null: no browser may order there. */
  permission: StorePermission.nullable(),
  /** How its orders are placed at this moment, as shoppers are told. */
  placement: StorePlacement,
  byHandHoursMax: z.int(),
  shippingOptions: z.array(
    z.object({
      optionId: z.string(),
      name: z.string(),
      kind: z.enum(["flat", "per_item"]),
      amountCents: PriceCents,
      perItemCents: PriceCents,
      freeAboveCents: PriceCents.nullable(),
      daysMin: z.int(),
      daysMax: z.int(),
    }),
  ),
  /** Which credentials are held, and nothing of what is in them. */
  credentials: z.object({ api: z.boolean(), headless: z.boolean(), webhookSecret: z.boolean() }),
  updatedAt: Instant,
});
export type OpsStore = z.infer<typeof OpsStore>;

export const OpsStoresQuery = z.strictObject({
  ...PageQuery,
  /** Part of the name, or the whole id. */
  query: z.string().trim().min(1).max(100).optional(),
  /** `retailer`: those that orders are placed with; `seller`: of people who sell files. */
  kind: StoreKind.optional(),
});

export const OpsStores = z.object({ stores: z.array(OpsStore), total: z.int() });

export const StoreTierParams = z.strictObject({
  storeId: OpsStoreParams.shape.storeId,
  position: z.coerce.number().int().min(1).max(9),
});
export const StoreTierBody = z.strictObject({ enabled: z.boolean() });

export const StorePauseBody = z.strictObject({
  /** One tier; left out: every tier that a machine works. */
  position: z.int().min(1).max(9).optional(),
  /** Left out: until somebody resumes it. */
  minutes: z.int().min(1).max(10_080).optional(),
  reason: z.string().trim().min(1).max(200),
});
/** Ends a pause, and a rest as well: the tier is tried at once. */
export const StoreResumeBody = z.strictObject({ position: z.int().min(1).max(9).optional() });

export const StoreAlertsQuery = z.strictObject({
  ...CursorQuery,
  cursor: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  store: Code.optional(),
});

/** What befell a store's tier. */
export const StoreAlert = z.object({
  alertId: z.string(),
  at: Instant,
  storeId: z.string(),
  storeName: z.string(),
  position: z.int(),
  method: z.enum(["api", "headless", "manual"]),
  kind: z.enum(["sick", "recovered", "paused", "resumed"]),
  reason: z.string().nullable(),
  /** Of so many tries so many did not come through, when it fell sick. */
  bad: z.int().nullable(),
  total: z.int().nullable(),
  until: Instant.nullable(),
});
export type StoreAlert = z.infer<typeof StoreAlert>;

export const StoreAlerts = z.object({ alerts: z.array(StoreAlert), nextCursor: z.string().nullable() });

/** The events of `GET /api/v1/admin/desk/events`, by name; `data` is one of these. The first of each comes at once. */
export const DeskQueue = z.object({
  open: z.int(),
  claimed: z.int(),
  overdue: z.int(),
  nextDeadlineAt: Instant.nullable(),
  /** Orders whose task moved since the last event; empty in the first. Read the list again. */
  changed: z.array(z.string()),
});
export const DeskAttention = z.object({
  refundApprovals: z.int(),
  refundRequests: z.int(),
  /** Tiers that are sick or paused. */
  storesSick: z.int(),
});
