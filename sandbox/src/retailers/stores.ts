export type StoreSlug = "harbor-main" | "harbor-outlet" | "fernwood" | "lumen-home" | "kite-co" | "pinecrest";

/**
 * What one delivery speed costs: `amountCents + perItemCents × units`, and nothing once the goods reach
 * `freeAboveCents`. `perItemCents` is 0 where the kind is "flat".
 */
export type ShippingOption = {
  readonly id: string;
  readonly name: string;
  readonly kind: "flat" | "per_item";
  readonly amountCents: number;
  readonly perItemCents: number;
  readonly freeAboveCents: number | null;
  readonly daysMin: number;
  readonly daysMax: number;
};

export type Tier = { readonly method: "api" | "headless" | "manual"; readonly connector: string | null };

export type Store = {
  readonly slug: StoreSlug;
  readonly name: string;
  readonly description: string;
  readonly connector: "ucp" | "rest-oauth" | "rest-lookup" | null;
  readonly credentials: Readonly<Record<string, string>>;
  readonly webhookSecret: string;
  readonly returnPolicy: string;
  readonly shippingOptions: readonly ShippingOption[];
  readonly tiers: readonly Tier[];
  /** How far, in basis points, the store's total may exceed what was sold before Muse should refuse to order. */
  readonly priceMarginBp: number;
  /** What its order numbers begin with. */
  readonly orderPrefix: string;
};

const manual: Tier = { method: "manual", connector: null };

export const stores: readonly Store[] = [
  {
    slug: "harbor-main",
    name: "Harbor & Main",
    description: "A department store on the harbour front: considered clothing, leather goods and gifts since 1931.",
    connector: "ucp",
    credentials: {
      apiKey: "hm_partner_muse_sandbox",
      platformProfile: "https://partner.muse.example/.well-known/ucp",
      paymentHandlerId: "partner_account",
      paymentInstrumentType: "partner_account",
      paymentAccount: "ACCT-MUSE-0417",
      // The partner's own; the store has its public half on file, as the partner's profile publishes it.
      signingKey:
        '{"kid":"muse_sandbox_1","kty":"EC","crv":"P-256","x":"r_SX5E5BEPHIIvvShL7TMRISURyjiab-51TSKsDcAig","y":"7DDCenXkK46_dzXIJZiV7XbRT1a80SchuRaDCSIB67I","d":"Bq0eW8p1PfRLgnfOPS7Ij_0OAvs8qdQLVMNBKxEluRY"}',
    },
    webhookSecret: "whsec_harbor-main_sandbox",
    returnPolicy: "Free returns within 30 days, unworn and with tags.",
    shippingOptions: [
      flat({ id: "standard", name: "Standard", cents: 695, freeAboveCents: 7500, days: [3, 5] }),
      flat({ id: "express", name: "Express", cents: 1895, freeAboveCents: null, days: [1, 2] }),
    ],
    tiers: [{ method: "api", connector: "ucp" }, manual],
    priceMarginBp: 200,
    orderPrefix: "HM",
  },
  {
    slug: "harbor-outlet",
    name: "Harbor Outlet",
    description: "Last season from Harbor & Main and its neighbours, at outlet prices while it lasts.",
    connector: "rest-oauth",
    credentials: { clientId: "muse_sandbox", clientSecret: "ho_secret_muse_sandbox" },
    webhookSecret: "whsec_harbor-outlet_sandbox",
    returnPolicy: "Returns within 14 days for store credit; final sale where marked.",
    shippingOptions: [
      perItem({ id: "standard", name: "Economy", cents: 495, perItemCents: 100, freeAboveCents: 10_000, days: [4, 7] }),
      perItem({ id: "express", name: "Priority", cents: 1295, perItemCents: 200, freeAboveCents: null, days: [2, 3] }),
    ],
    tiers: [{ method: "api", connector: "rest-oauth" }, manual],
    priceMarginBp: 100,
    orderPrefix: "HO",
  },
  {
    slug: "fernwood",
    name: "Fernwood Outdoor",
    description: "Tents, packs and layers made by people who carry them, repaired for as long as you do.",
    connector: "rest-lookup",
    credentials: { apiKey: "fw_key_muse_sandbox" },
    webhookSecret: "whsec_fernwood_sandbox",
    returnPolicy: "A year to return anything, even muddy.",
    shippingOptions: [
      flat({ id: "standard", name: "Ground", cents: 795, freeAboveCents: 9900, days: [3, 6] }),
      perItem({ id: "express", name: "Two-Day", cents: 1495, perItemCents: 350, freeAboveCents: null, days: [2, 2] }),
    ],
    tiers: [{ method: "api", connector: "rest-lookup" }, manual],
    priceMarginBp: 300,
    orderPrefix: "FW",
  },
  {
    slug: "lumen-home",
    name: "Lumen Home",
    description: "Warm light, honest furniture and things for the table, for rooms that are lived in.",
    connector: null,
    credentials: { tradeAccount: "LHT-20417", tradePin: "6620", accountEmail: "orders@muse.example" },
    webhookSecret: "whsec_lumen-home_sandbox",
    returnPolicy: "30 days; large furniture is collected for $49.",
    shippingOptions: [
      flat({ id: "standard", name: "Standard", cents: 995, freeAboveCents: 15_000, days: [4, 8] }),
      perItem({ id: "express", name: "Express", cents: 1995, perItemCents: 500, freeAboveCents: null, days: [2, 3] }),
    ],
    tiers: [headless("lumen-home"), manual],
    priceMarginBp: 200,
    orderPrefix: "LH",
  },
  {
    slug: "kite-co",
    name: "Kite & Co.",
    description: "Kites, blocks and bears: toys that are still good when they are handed on.",
    connector: null,
    credentials: { email: "orders@muse.example", password: "kite-sandbox-2041" },
    webhookSecret: "whsec_kite-co_sandbox",
    returnPolicy: "60 days, in any condition that a child would call fine.",
    shippingOptions: [
      perItem({ id: "standard", name: "Standard", cents: 395, perItemCents: 95, freeAboveCents: 6000, days: [3, 6] }),
      flat({ id: "express", name: "Express", cents: 1495, freeAboveCents: null, days: [1, 2] }),
    ],
    tiers: [headless("kite-co"), manual],
    priceMarginBp: 200,
    orderPrefix: "KC",
  },
  {
    slug: "pinecrest",
    name: "Pinecrest Books",
    description: "An independent bookshop with opinions, and a shelf of stationery by the door.",
    connector: null,
    credentials: {
      email: "orders@muse.example",
      password: "pine-sandbox-2041",
      institutionAccount: "PC-INST-3381",
    },
    webhookSecret: "whsec_pinecrest_sandbox",
    returnPolicy: "30 days, unread or nearly so.",
    shippingOptions: [
      perItem({ id: "standard", name: "Media mail", cents: 299, perItemCents: 50, freeAboveCents: 3500, days: [4, 9] }),
      flat({ id: "express", name: "Priority", cents: 899, freeAboveCents: 7500, days: [2, 3] }),
    ],
    tiers: [headless("pinecrest"), manual],
    priceMarginBp: 150,
    orderPrefix: "PB",
  },
];

export function findStore(slug: string): Store | undefined {
  return stores.find((store) => store.slug === slug);
}

/** Cents for delivering so many units of goods of that value. */
export function shippingCents(option: ShippingOption, subtotalCents: number, units: number): number {
  if (option.freeAboveCents !== null && subtotalCents >= option.freeAboveCents) return 0;
  return option.amountCents + option.perItemCents * units;
}

type Speed = {
  readonly id: string;
  readonly name: string;
  readonly cents: number;
  readonly freeAboveCents: number | null;
  readonly days: readonly [min: number, max: number];
};

function headless(connector: string): Tier {
  return { method: "headless", connector };
}

function flat(speed: Speed): ShippingOption {
  return shippingOption(speed, "flat", 0);
}

function perItem(speed: Speed & { readonly perItemCents: number }): ShippingOption {
  return shippingOption(speed, "per_item", speed.perItemCents);
}

function shippingOption(speed: Speed, kind: "flat" | "per_item", perItemCents: number): ShippingOption {
  const { id, name, cents, freeAboveCents, days } = speed;
  return { id, name, kind, amountCents: cents, perItemCents, freeAboveCents, daysMin: days[0], daysMax: days[1] };
}
