import { assert, must } from "#kernel/assert.ts";
import { allocate } from "#kernel/money.ts";

/** What was paid for a line of an order, discount and tax included, and what of it has gone back. */
export type LineShare = {
  readonly lineNo: number;
  readonly quantity: number;
  readonly refundedQuantity: number;
  readonly paidMinor: bigint;
  readonly refundedMinor: bigint;
};

export type RefundableOrder = {
  readonly totalMinor: bigint;
  readonly refundedMinor: bigint;
  readonly refundedShippingMinor: bigint;
  readonly lines: readonly LineShare[];
};

/** Everything that is left, an amount of it, or units of lines with or without the delivery. */
export type RefundWish =
  | { readonly kind: "rest" }
  | { readonly kind: "amount"; readonly amountMinor: bigint }
  | { readonly kind: "lines"; readonly lines: readonly WishedLine[]; readonly withShipping: boolean };

/** Without a quantity: all units that are left. */
export type WishedLine = { readonly lineNo: number; readonly quantity?: number };

/** One line's part of a refund. Line 0 is the delivery, with the tax on it. */
export type RefundShare = { readonly lineNo: number; readonly quantity: number; readonly amountMinor: bigint };

export type RefundPlan =
  | { readonly kind: "planned"; readonly amountMinor: bigint; readonly shares: readonly RefundShare[] }
  | { readonly kind: "unknown_line" | "above_quantity"; readonly lineNo: number }
  | { readonly kind: "above_rest"; readonly restMinor: bigint }
  | { readonly kind: "nothing_left" };

/** The delivery's place among the lines. */
export const shippingLineNo = 0;

/**
 * What a refund takes from which line. Each line and the delivery has a purse of its own, filled with exactly what was
 * paid for it; a refund only ever takes what a purse still holds, so no sequence of refunds returns more than was paid
 * and the last one leaves nothing (M2, M5).
 */
export function planRefund(order: RefundableOrder, wish: RefundWish): RefundPlan {
  const purses = pursesOf(order);
  const restMinor = purses.reduce((sum, { leftMinor }) => sum + leftMinor, 0n);
  assert(
    restMinor === order.totalMinor - order.refundedMinor,
    "planRefund: what is left of the lines is what is left of the order (M5)",
  );
  if (restMinor === 0n) return { kind: "nothing_left" };
  switch (wish.kind) {
    case "rest":
      return planned(
        purses.map(({ lineNo, leftQuantity, leftMinor }) => ({
          lineNo,
          quantity: leftQuantity,
          amountMinor: leftMinor,
        })),
      );
    case "amount":
      return planAmount(purses, wish.amountMinor, restMinor);
    case "lines":
      return planLines(order, purses, wish);
  }
}

type Purse = { readonly lineNo: number; readonly leftQuantity: number; readonly leftMinor: bigint };

function pursesOf({ totalMinor, refundedShippingMinor, lines }: RefundableOrder): readonly Purse[] {
  const goodsMinor = lines.reduce((sum, { paidMinor }) => sum + paidMinor, 0n);
  return [
    { lineNo: shippingLineNo, leftQuantity: 0, leftMinor: totalMinor - goodsMinor - refundedShippingMinor },
    ...lines.map(({ lineNo, quantity, refundedQuantity, paidMinor, refundedMinor }) => ({
      lineNo,
      leftQuantity: quantity - refundedQuantity,
      leftMinor: paidMinor - refundedMinor,
    })),
  ];
}

/** Goodwill: nobody sends anything back, so every purse gives in proportion to what it holds. */
function planAmount(purses: readonly Purse[], amountMinor: bigint, restMinor: bigint): RefundPlan {
  assert(amountMinor > 0n, "planRefund: an amount is positive");
  if (amountMinor > restMinor) return { kind: "above_rest", restMinor };
  const parts = allocate(
    amountMinor,
    purses.map(({ leftMinor }) => leftMinor),
  );
  return planned(
    purses.map(({ lineNo }, index) => ({
      lineNo,
      quantity: 0,
      amountMinor: must(parts[index], "a purse has its part"),
    })),
  );
}

function planLines(
  order: RefundableOrder,
  purses: readonly Purse[],
  wish: { readonly lines: readonly WishedLine[]; readonly withShipping: boolean },
): RefundPlan {
  const shares: RefundShare[] = [];
  for (const { lineNo, quantity } of summed(wish.lines)) {
    const line = order.lines.find((candidate) => candidate.lineNo === lineNo);
    const purse = purses.find((candidate) => candidate.lineNo === lineNo);
    if (line === undefined || purse === undefined) return { kind: "unknown_line", lineNo };
    const units = quantity ?? purse.leftQuantity;
    if (units > purse.leftQuantity || units === 0) return { kind: "above_quantity", lineNo };
    shares.push({ lineNo, quantity: units, amountMinor: unitsMinor(line, purse, units) });
  }
  const delivery = purses.find(({ lineNo }) => lineNo === shippingLineNo);
  if (wish.withShipping && delivery !== undefined)
    shares.push({ lineNo: shippingLineNo, quantity: 0, amountMinor: delivery.leftMinor });
  return planned(shares);
}

/** A line that is named twice is one wish. */
function summed(lines: readonly WishedLine[]): readonly WishedLine[] {
  const byLine = new Map<number, WishedLine>();
  for (const line of lines) {
    const known = byLine.get(line.lineNo);
    const isAll = line.quantity === undefined || (known !== undefined && known.quantity === undefined);
    byLine.set(
      line.lineNo,
      isAll
        ? { lineNo: line.lineNo }
        : { lineNo: line.lineNo, quantity: (known?.quantity ?? 0) + (line.quantity ?? 0) },
    );
  }
  return [...byLine.values()];
}

/**
 * What the next units of a line come to. The line's price is shared among its units by largest remainder, so that units
 * refunded one by one sum to the line; the last unit takes what goodwill has left.
 */
function unitsMinor(line: LineShare, purse: Purse, units: number): bigint {
  if (units === purse.leftQuantity) return purse.leftMinor;
  const each = allocate(
    line.paidMinor,
    Array.from({ length: line.quantity }, () => 1n),
  );
  const due = each.slice(line.refundedQuantity, line.refundedQuantity + units).reduce((sum, unit) => sum + unit, 0n);
  return due < purse.leftMinor ? due : purse.leftMinor;
}

function planned(shares: readonly RefundShare[]): RefundPlan {
  const given = shares.filter(({ quantity, amountMinor }) => quantity > 0 || amountMinor > 0n);
  const amountMinor = given.reduce((sum, share) => sum + share.amountMinor, 0n);
  return amountMinor === 0n ? { kind: "nothing_left" } : { kind: "planned", amountMinor, shares: given };
}
