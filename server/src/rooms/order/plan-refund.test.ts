import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { planRefund, type LineShare, type RefundableOrder, type RefundShare, type RefundWish } from "./plan-refund.ts";

const line = (lineNo: number, quantity: number, paidMinor: bigint): LineShare => ({
  lineNo,
  quantity,
  paidMinor,
  refundedQuantity: 0,
  refundedMinor: 0n,
});

function orderOf(lines: readonly LineShare[], shippingMinor: bigint): RefundableOrder {
  const goodsMinor = lines.reduce((sum, { paidMinor }) => sum + paidMinor, 0n);
  return { totalMinor: goodsMinor + shippingMinor, refundedMinor: 0n, refundedShippingMinor: 0n, lines };
}

/** What the order looks like once the shares have gone back. Breaks when a share passes what its line holds. */
function after(order: RefundableOrder, shares: readonly RefundShare[]): RefundableOrder {
  const of = (lineNo: number): RefundShare | undefined => shares.find((share) => share.lineNo === lineNo);
  const next = {
    ...order,
    refundedMinor: order.refundedMinor + shares.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
    refundedShippingMinor: order.refundedShippingMinor + (of(0)?.amountMinor ?? 0n),
    lines: order.lines.map((known) => ({
      ...known,
      refundedQuantity: known.refundedQuantity + (of(known.lineNo)?.quantity ?? 0),
      refundedMinor: known.refundedMinor + (of(known.lineNo)?.amountMinor ?? 0n),
    })),
  };
  for (const known of next.lines) {
    assert.ok(known.refundedMinor <= known.paidMinor, "no line gives back more than was paid for it");
    assert.ok(known.refundedQuantity <= known.quantity, "no line gives back more units than it has");
  }
  assert.ok(next.refundedMinor <= next.totalMinor);
  return next;
}

test("units of a line are refunded by largest remainder, and the last one leaves nothing", () => {
  let order = orderOf([line(1, 3, 1_000n)], 599n);
  const amounts: bigint[] = [];
  for (let unit = 0; unit < 3; unit += 1) {
    const plan = planRefund(order, { kind: "lines", lines: [{ lineNo: 1, quantity: 1 }], withShipping: unit === 2 });
    assert.ok(plan.kind === "planned");
    amounts.push(plan.amountMinor);
    order = after(order, plan.shares);
  }
  assert.deepEqual(amounts, [334n, 333n, 333n + 599n]);
  assert.equal(order.refundedMinor, order.totalMinor);
});

test("the delivery goes back once", () => {
  const order = orderOf([line(1, 2, 5_000n)], 599n);
  const first = planRefund(order, { kind: "lines", lines: [{ lineNo: 1, quantity: 1 }], withShipping: true });
  assert.ok(first.kind === "planned");
  assert.equal(first.amountMinor, 3_099n);
  const second = planRefund(after(order, first.shares), { kind: "lines", lines: [{ lineNo: 1 }], withShipping: true });
  assert.ok(second.kind === "planned");
  assert.deepEqual(second.shares, [{ lineNo: 1, quantity: 1, amountMinor: 2_500n }]);
});

test("a line named twice is one wish, and all of it wins over some of it", () => {
  const order = orderOf([line(1, 4, 4_000n)], 0n);
  const twice = planRefund(order, {
    kind: "lines",
    lines: [
      { lineNo: 1, quantity: 1 },
      { lineNo: 1, quantity: 2 },
    ],
    withShipping: false,
  });
  assert.deepEqual(twice, {
    kind: "planned",
    amountMinor: 3_000n,
    shares: [{ lineNo: 1, quantity: 3, amountMinor: 3_000n }],
  });
  const all = planRefund(order, {
    kind: "lines",
    lines: [{ lineNo: 1, quantity: 1 }, { lineNo: 1 }],
    withShipping: false,
  });
  assert.ok(all.kind === "planned" && all.amountMinor === 4_000n);
});

test("each refusal says what stands in the way", () => {
  const order = orderOf([line(1, 2, 5_000n), line(2, 1, 0n)], 599n);
  const refusals: readonly (readonly [RefundWish, object])[] = [
    [
      { kind: "amount", amountMinor: 5_600n },
      { kind: "above_rest", restMinor: 5_599n },
    ],
    [
      { kind: "lines", lines: [{ lineNo: 9 }], withShipping: false },
      { kind: "unknown_line", lineNo: 9 },
    ],
    [
      { kind: "lines", lines: [{ lineNo: 1, quantity: 3 }], withShipping: false },
      { kind: "above_quantity", lineNo: 1 },
    ],
    [{ kind: "lines", lines: [], withShipping: false }, { kind: "nothing_left" }],
  ];
  for (const [wish, refusal] of refusals) assert.deepEqual(planRefund(order, wish), refusal);
  const rest = planRefund(order, { kind: "rest" });
  assert.ok(rest.kind === "planned");
  assert.deepEqual(planRefund(after(order, rest.shares), { kind: "rest" }), { kind: "nothing_left" });
  assert.throws(() => planRefund(order, { kind: "amount", amountMinor: 0n }), /positive/);
});

test("M2, M5: no sequence of refunds passes what was paid for anything, and the rest leaves exactly nothing", () => {
  const lines = fc.array(
    fc.record({ quantity: fc.integer({ min: 1, max: 7 }), paid: fc.bigInt({ min: 0n, max: 50_000n }) }),
    {
      minLength: 1,
      maxLength: 5,
    },
  );
  const wish: fc.Arbitrary<RefundWish> = fc.oneof(
    fc.record({ kind: fc.constant("amount" as const), amountMinor: fc.bigInt({ min: 1n, max: 20_000n }) }),
    fc.record({
      kind: fc.constant("lines" as const),
      lines: fc.array(fc.record({ lineNo: fc.integer({ min: 1, max: 6 }), quantity: fc.integer({ min: 1, max: 4 }) }), {
        maxLength: 3,
      }),
      withShipping: fc.boolean(),
    }),
  );
  fc.assert(
    fc.property(
      lines,
      fc.bigInt({ min: 0n, max: 2_000n }),
      fc.array(wish, { maxLength: 12 }),
      (wanted, shippingMinor, wishes) => {
        let order = orderOf(
          wanted.map(({ quantity, paid }, index) => line(index + 1, quantity, paid)),
          shippingMinor,
        );
        for (const next of [...wishes, { kind: "rest" } as const]) {
          const plan = planRefund(order, next);
          if (plan.kind === "planned") {
            assert.equal(
              plan.amountMinor,
              plan.shares.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
            );
            order = after(order, plan.shares);
          }
        }
        assert.equal(order.refundedMinor, order.totalMinor);
        assert.ok(order.lines.every(({ paidMinor, refundedMinor }) => paidMinor === refundedMinor));
      },
    ),
    { numRuns: 500 },
  );
});
