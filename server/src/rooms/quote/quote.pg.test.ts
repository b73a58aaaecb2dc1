import assert from "node:assert/strict";
import { test } from "node:test";
import { makeStore } from "../../../test/makers.ts";
import { openTestDb } from "../../../test/db.ts";
import { estimate, putShippingOptions, quoteBasis, type QuoteGroup } from "./index.ts";

const { pool } = await openTestDb();
const storeId = await makeStore(pool);
const other = await makeStore(pool);
const group = (storeOf: string): QuoteGroup => ({
  key: storeOf,
  storeId: storeOf,
  kind: "physical",
  items: [{ lineNo: 1, quantity: 1, lineTotalMinor: 10_000 }],
});

test("options of all stores and the state's rate come in one statement, in the stores' own order", async () => {
  const basis = await quoteBasis(pool, [storeId, other], "NY");
  assert.equal(basis.taxRatePpm, 40_000);
  assert.deepEqual(
    basis.options.filter((option) => option.storeId === storeId).map(({ optionId }) => optionId),
    ["standard", "express"],
  );
  assert.equal(basis.options.length, 4);
  assert.deepEqual(await quoteBasis(pool, [], "PR"), { options: [], taxRatePpm: null });
});

test("putting options replaces them", async () => {
  const only = {
    optionId: "van",
    name: "Van",
    kind: "flat",
    amountMinor: 100,
    perItemMinor: 0,
    freeAboveMinor: null,
    daysMin: 1,
    daysMax: 1,
  } as const;
  await putShippingOptions(pool, other, [only, { ...only, optionId: "express", name: "Faster" }]);
  const names = async () => (await quoteBasis(pool, [other], "NY")).options.map(({ name }) => name);
  assert.deepEqual(await names(), ["Van", "Faster"]);
  await putShippingOptions(pool, other, [only]);
  assert.deepEqual(await names(), ["Van"]);
});

test("an estimate goes by the ZIP code's state and each store's cheapest option", async () => {
  const known = await estimate(pool, { groups: [group(storeId)], zip: "10001-1234", today: "2026-11-20" });
  assert.ok(known.kind === "estimated");
  assert.deepEqual(
    [known.state, known.quote.shippingMinor, known.quote.taxMinor, known.stores[0]?.deliveryFrom],
    ["NY", 599, 400, "2026-11-25"],
  );
  for (const zip of ["00000", "00901", "09012"]) {
    assert.deepEqual(
      await estimate(pool, { groups: [group(storeId)], zip, today: "2026-11-20" }),
      { kind: "zip_unknown" },
      zip,
    );
  }
  await putShippingOptions(pool, other, []);
  assert.deepEqual(await estimate(pool, { groups: [group(other)], zip: "10001", today: "2026-11-20" }), {
    kind: "store_does_not_ship",
    storeId: other,
  });
});
