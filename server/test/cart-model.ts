/** What a cart should be, in a hundred lines: held against the database by rooms/cart/cart.model.pg.test.ts. */

export type Person = "visitor" | "shopper";

export type ModelVariant = {
  readonly product: number;
  readonly isDigital: boolean;
  priceMinor: number;
  isActive: boolean;
  /** Null: only the store knows. */
  stock: number | null;
};

export type ModelLine = { variant: number; quantity: number; seenMinor: number; readonly addedAs: number };

export type Wanted = { readonly variant: number; readonly quantity: number; readonly byProduct: boolean };

export type ModelCart = { version: number; lines: ModelLine[]; readonly batches: Map<string, number> };

export type CartModel = { readonly variants: ModelVariant[]; readonly carts: Record<Person, ModelCart>; added: number };

export function newCartModel(variants: ModelVariant[]): CartModel {
  const empty = (): ModelCart => ({ version: 0, lines: [], batches: new Map() });
  return { variants, carts: { visitor: empty(), shopper: empty() }, added: 0 };
}

const at = (model: CartModel, variant: number): ModelVariant => {
  const found = model.variants[variant];
  if (found === undefined) throw new RangeError(`variant ${variant}`);
  return found;
};

const unitsMax = ({ isDigital }: ModelVariant): number => (isDigital ? 1 : 99);

type Offer = { readonly outcome: string; readonly variant: number };

function offerOf(model: CartModel, { variant, byProduct }: Wanted): Offer {
  if (!byProduct) return { outcome: at(model, variant).isActive ? "done" : "product_unavailable", variant };
  const sold = [...model.variants.keys()].filter(
    (index) => at(model, index).product === at(model, variant).product && at(model, index).isActive,
  );
  const [only] = sold;
  if (only === undefined) return { outcome: "product_unavailable", variant };
  return sold.length === 1 ? { outcome: "done", variant: only } : { outcome: "variant_required", variant };
}

/** Adds to a line without moving the version. */
function put(model: CartModel, cart: ModelCart, variant: number, quantity: number): string {
  const offered = at(model, variant);
  const line = cart.lines.find((known) => known.variant === variant);
  const units = offered.isDigital && quantity === 1 ? 1 : (line?.quantity ?? 0) + quantity;
  if (units > unitsMax(offered)) return "quantity_limit";
  if (line === undefined) {
    model.added += 1;
    cart.lines.push({ variant, quantity: units, seenMinor: offered.priceMinor, addedAs: model.added });
  } else {
    line.quantity = units;
    line.seenMinor = offered.priceMinor;
  }
  return "done";
}

export function addTo(model: CartModel, who: Person, wanted: Wanted, isStale: boolean): string {
  const cart = model.carts[who];
  const { outcome, variant } = offerOf(model, wanted);
  if (outcome !== "done") return outcome;
  if (isStale) return "version_conflict";
  const put_ = put(model, cart, variant, wanted.quantity);
  if (put_ === "done") cart.version += 1;
  return put_;
}

type Batch = { readonly items: readonly Wanted[]; readonly partial: boolean; readonly merge: boolean };

/** @returns how it went, and how each item did */
export function addBatchTo(
  model: CartModel,
  who: Person,
  { items, partial, merge }: Batch,
): { readonly outcome: string; readonly isRepeat: boolean; readonly each: readonly string[] } {
  const cart = model.carts[who];
  const name = items
    .map(({ variant, quantity, byProduct }) => `${byProduct ? `p${at(model, variant).product}` : variant}x${quantity}`)
    .toSorted()
    .join();
  const takenAt = cart.batches.get(name);
  const isRepeat = takenAt !== undefined && (merge || takenAt === cart.version);
  const before = cart.lines.map((line) => ({ ...line }));
  const each = items.map((item) => {
    const { outcome, variant } = offerOf(model, item);
    return outcome === "done" && !isRepeat ? put(model, cart, variant, item.quantity) : outcome;
  });
  const refused = each.find((outcome) => outcome !== "done");
  if (isRepeat) return { outcome: "done", isRepeat, each };
  if (refused !== undefined && !partial) {
    cart.lines = before;
    return { outcome: refused, isRepeat, each };
  }
  if (each.includes("done")) {
    cart.version += 1;
    cart.batches.set(name, cart.version);
  }
  return { outcome: "done", isRepeat, each };
}

export function change(
  model: CartModel,
  who: Person,
  { line: index, variant, quantity }: { line: number; variant: number | null; quantity: number | null },
): string {
  const cart = model.carts[who];
  const line = cart.lines[index];
  if (line === undefined) return "item_not_found";
  const units = quantity ?? line.quantity;
  const outcome = units === 0 ? "done" : turnInto(model, cart, line, { variant: variant ?? line.variant, units });
  if (outcome !== "done") return outcome;
  if (units === 0) cart.lines.splice(index, 1);
  cart.version += 1;
  return "done";
}

/** A line becomes units of another variant of its product, or joins the line of that one. */
function turnInto(
  model: CartModel,
  cart: ModelCart,
  line: ModelLine,
  { variant, units }: { variant: number; units: number },
): string {
  const wanted = at(model, variant);
  if (wanted.product !== at(model, line.variant).product) return "product_not_found";
  if (!wanted.isActive && variant !== line.variant) return "product_unavailable";
  const other = cart.lines.find((known) => known.variant === variant && known !== line);
  const sum = units + (other?.quantity ?? 0);
  if (sum > unitsMax(wanted)) return "quantity_limit";
  Object.assign(other ?? line, { variant, quantity: sum, seenMinor: wanted.priceMinor });
  if (other !== undefined) cart.lines = cart.lines.filter((known) => known !== line);
  return "done";
}

export function clear(model: CartModel, who: Person): void {
  const cart = model.carts[who];
  if (cart.lines.length > 0) cart.version += 1;
  cart.lines = [];
}

/** The visitor signs in: lesson 14. */
export function signIn(model: CartModel): void {
  const { visitor, shopper } = model.carts;
  if (visitor.lines.length === 0) return;
  for (const line of visitor.lines) {
    const free = at(model, line.variant).stock ?? 99;
    const own = shopper.lines.find((known) => known.variant === line.variant);
    if (own === undefined) shopper.lines.push({ ...line, quantity: Math.max(1, Math.min(line.quantity, free)) });
    else {
      const sum = Math.min(own.quantity + line.quantity, unitsMax(at(model, line.variant)), free);
      own.quantity = Math.max(own.quantity, sum);
    }
  }
  shopper.lines.sort((a, b) => a.addedAs - b.addedAs);
  visitor.lines = [];
  visitor.version += 1;
  shopper.version += 1;
}

/** A checkout of what was in the cart before is paid: O6. */
export function buy(model: CartModel, who: Person, what: readonly { variant: number; quantity: number }[]): void {
  const cart = model.carts[who];
  for (const { variant, quantity } of what) {
    const line = cart.lines.find((known) => known.variant === variant);
    if (line !== undefined) line.quantity -= quantity;
  }
  cart.lines = cart.lines.filter(({ quantity }) => quantity > 0);
  cart.version += 1;
  cart.batches.clear();
}
