import { assert, must } from "#kernel/assert.ts";
import { fromWire, toWire } from "#kernel/money.ts";

/**
 * What a quote is made of. Amounts here are JSON numbers, whole minor units: groups come out of a session's snapshot
 * and quotes go into it, both jsonb. The arithmetic in between is done in bigint.
 */
export type QuoteLine = { readonly lineNo: number; readonly quantity: number; readonly lineTotalMinor: number };

/** One future order: a retailer's goods, or one digital product. */
export type QuoteGroup = {
  readonly key: string;
  readonly storeId: string;
  readonly kind: "physical" | "digital";
  readonly items: readonly QuoteLine[];
};

/** `amountMinor + perItemMinor × units`, and nothing once the goods come to `freeAboveMinor`. */
export type ShippingOption = {
  readonly storeId: string;
  readonly optionId: string;
  readonly name: string;
  readonly kind: "flat" | "per_item";
  readonly amountMinor: number;
  readonly perItemMinor: number;
  readonly freeAboveMinor: number | null;
  /** Business days until it is there. */
  readonly daysMin: number;
  readonly daysMax: number;
};

export type QuoteInput = {
  readonly groups: readonly QuoteGroup[];
  /** Of all stores in the groups; a store's first ones win among equals. */
  readonly options: readonly ShippingOption[];
  /** By store. A store that is not named here gets its cheapest option. */
  readonly chosen: Readonly<Record<string, string>>;
  /** Millionths of the goods' price. */
  readonly taxRatePpm: number;
  /** `2026-11-21` */
  readonly today: string;
};

export type QuotedOption = {
  readonly optionId: string;
  readonly name: string;
  readonly amountMinor: number;
  readonly deliveryFrom: string;
  readonly deliveryTo: string;
};

/** Read by `orders.put_1`, so the names are its own too. `lineTaxMinor` and `lineDiscountMinor` are by `lineNo`. */
export type QuotedGroup = {
  readonly shippingOptionId: string | null;
  readonly options: readonly QuotedOption[];
  readonly subtotalMinor: number;
  readonly shippingMinor: number;
  readonly discountMinor: number;
  readonly taxMinor: number;
  readonly lineTaxMinor: Readonly<Record<string, number>>;
  readonly lineDiscountMinor: Readonly<Record<string, number>>;
  readonly totalMinor: number;
  readonly deliveryFrom: string | null;
  readonly deliveryTo: string | null;
};

export type Quote = {
  readonly groups: Readonly<Record<string, QuotedGroup>>;
  readonly subtotalMinor: number;
  readonly shippingMinor: number;
  readonly discountMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
};

export type QuoteResult =
  | { readonly kind: "quoted"; readonly quote: Quote }
  /** The store does not offer it. `choices` are what it does offer. */
  | { readonly kind: "option_unknown"; readonly storeId: string; readonly choices: readonly string[] }
  /** A store that sells physical goods and has no way to send them: ops must give it one. */
  | { readonly kind: "store_does_not_ship"; readonly storeId: string };

/**
 * What a checkout costs beyond its goods. Each group stands for itself: its own shipping, its own tax, and each line's
 * tax rounded once, half up, so that lines sum to groups and groups to the total exactly (M5). Shipping is not taxed
 * (docs/decisions/0023-tax-and-shipping.md); digital goods have neither.
 */
export function quoteGroups(input: QuoteInput): QuoteResult {
  assert(
    new Set(input.groups.map(({ key }) => key)).size === input.groups.length,
    "quoteGroups: groups have keys of their own",
  );
  const quoted: [string, QuotedGroup][] = [];
  for (const group of input.groups) {
    const result = group.kind === "digital" ? quoteDigital(group) : quotePhysical(group, input);
    if ("kind" in result) return result;
    quoted.push([group.key, result]);
  }
  const sum = (of: (group: QuotedGroup) => number): number => sumOf(quoted.map(([, group]) => of(group)));
  const quote: Quote = {
    groups: Object.fromEntries(quoted),
    subtotalMinor: sum((group) => group.subtotalMinor),
    shippingMinor: sum((group) => group.shippingMinor),
    discountMinor: sum((group) => group.discountMinor),
    taxMinor: sum((group) => group.taxMinor),
    totalMinor: sum((group) => group.totalMinor),
  };
  assert(
    quote.totalMinor === quote.subtotalMinor - quote.discountMinor + quote.shippingMinor + quote.taxMinor,
    "quoteGroups: the parts sum to the total (M5)",
  );
  return { kind: "quoted", quote };
}

function quoteDigital(group: QuoteGroup): QuotedGroup {
  const subtotalMinor = subtotalOf(group);
  return {
    shippingOptionId: null,
    options: [],
    subtotalMinor,
    shippingMinor: 0,
    discountMinor: 0,
    taxMinor: 0,
    lineTaxMinor: {},
    lineDiscountMinor: {},
    totalMinor: subtotalMinor,
    deliveryFrom: null,
    deliveryTo: null,
  };
}

function quotePhysical(
  group: QuoteGroup,
  { options, chosen, taxRatePpm, today }: QuoteInput,
): QuotedGroup | Exclude<QuoteResult, { kind: "quoted" }> {
  const { storeId } = group;
  const subtotalMinor = subtotalOf(group);
  const units = group.items.reduce((count, { quantity }) => count + quantity, 0);
  const offered = options
    .filter((option) => option.storeId === storeId)
    .map((option): QuotedOption => ({
      optionId: option.optionId,
      name: option.name,
      amountMinor: shippingOf(option, subtotalMinor, units),
      deliveryFrom: addBusinessDays(today, option.daysMin),
      deliveryTo: addBusinessDays(today, option.daysMax),
    }));
  const cheapest = offered.reduce<QuotedOption | null>(
    (best, option) => (best === null || option.amountMinor < best.amountMinor ? option : best),
    null,
  );
  if (cheapest === null) return { kind: "store_does_not_ship", storeId };
  const wanted = Object.hasOwn(chosen, storeId) ? chosen[storeId] : cheapest.optionId;
  const taken = offered.find(({ optionId }) => optionId === wanted);
  if (taken === undefined) return { kind: "option_unknown", storeId, choices: offered.map(({ optionId }) => optionId) };

  const lineTaxMinor = Object.fromEntries(
    group.items.map((line) => [String(line.lineNo), taxOf(line.lineTotalMinor, taxRatePpm)]),
  );
  assert(Object.keys(lineTaxMinor).length === group.items.length, "quoteGroups: lines have numbers of their own");
  const taxMinor = sumOf(Object.values(lineTaxMinor));
  return {
    shippingOptionId: taken.optionId,
    options: offered,
    subtotalMinor,
    shippingMinor: taken.amountMinor,
    discountMinor: 0,
    taxMinor,
    lineTaxMinor,
    lineDiscountMinor: {},
    totalMinor: sumOf([subtotalMinor, taken.amountMinor, taxMinor]),
    deliveryFrom: taken.deliveryFrom,
    deliveryTo: taken.deliveryTo,
  };
}

/** What an option costs for goods of that value. */
export function shippingOf(option: ShippingOption, subtotalMinor: number, units: number): number {
  if (option.freeAboveMinor !== null && subtotalMinor >= option.freeAboveMinor) return 0;
  return toWire(fromWire(option.amountMinor) + fromWire(option.perItemMinor) * BigInt(units));
}

const million = 1_000_000n;

/** Rounded half up to the minor unit; in integers, so that 0.5 is exactly that. */
export function taxOf(amountMinor: number, ratePpm: number): number {
  assert(amountMinor >= 0 && ratePpm >= 0, "taxOf: neither is negative");
  return toWire((fromWire(amountMinor) * fromWire(ratePpm) + million / 2n) / million);
}

/**
 * The day so many business days from then; Saturdays and Sundays are none. On a weekend counting begins on Monday, so
 * no days from a Saturday is that Monday.
 *
 * @param day `2026-11-21`
 */
export function addBusinessDays(day: string, count: number): string {
  assert(
    /^\d{4}-\d{2}-\d{2}$/.test(day) && Number.isInteger(count) && count >= 0 && count <= 400,
    "addBusinessDays: a day and a count",
  );
  const date = new Date(`${day}T00:00:00Z`);
  while (isWeekend(date)) nextDay(date);
  for (let left = count; left > 0; left -= 1) {
    nextDay(date);
    while (isWeekend(date)) nextDay(date);
  }
  return must(date.toISOString().split("T")[0], "addBusinessDays: an instant has a day");
}

function isWeekend(date: Date): boolean {
  return date.getUTCDay() === 0 || date.getUTCDay() === 6;
}

function nextDay(date: Date): void {
  date.setUTCDate(date.getUTCDate() + 1);
}

function subtotalOf(group: QuoteGroup): number {
  return sumOf(group.items.map(({ lineTotalMinor }) => lineTotalMinor));
}

/** Whole numbers below 2^53 are exact; a sum above it is refused rather than rounded. */
function sumOf(amounts: readonly number[]): number {
  const sum = amounts.reduce((total, amount) => total + amount, 0);
  assert(Number.isSafeInteger(sum), "sumOf: the sum is a safe integer");
  return sum;
}
