import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import { statementCsv } from "./statement.ts";

const line = {
  orderNumber: "MO-ABCDEFGH23",
  productId: "prd_1",
  title: '=HYPERLINK("x")',
  soldAt: new Date("2026-11-03T04:05:06Z"),
  paymentStatus: "paid",
  grossMinor: 1999n,
  refundedMinor: 0n,
  feeBp: 1000,
  feeMinor: 200n,
  netMinor: 1799n,
} as const;

async function written(lines: Parameters<typeof statementCsv>[0], currency: string): Promise<string> {
  return (await Readable.from(statementCsv(lines, currency)).toArray()).join("");
}

test("a statement has a line a sale and their sum, and no title runs as a formula", async () => {
  const [head, first, total, ...rest] = (await written([line], "USD")).split("\r\n");
  assert.match(head ?? "", /^\uFEFFsold_at,order,/);
  assert.equal(
    first,
    `2026-11-03T04:05:06.000Z,MO-ABCDEFGH23,prd_1,"'=HYPERLINK(""x"")",paid,USD,19.99,0.00,10.00,2.00,17.99`,
  );
  assert.equal(total, "total,1,,,,USD,19.99,0.00,,2.00,17.99");
  assert.deepEqual(rest, [""]);
});

test("won have no minor unit", async () => {
  const csv = await written(
    [{ ...line, title: "한글 서체", grossMinor: 12_000n, feeMinor: 1_200n, netMinor: 10_800n }],
    "KRW",
  );
  assert.match(csv, /,한글 서체,paid,KRW,12000,0,10\.00,1200,10800\r\n/);
});
