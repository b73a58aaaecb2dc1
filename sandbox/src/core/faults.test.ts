import assert from "node:assert/strict";
import { test } from "node:test";

import { openDatabase, openSettings } from "#core/database.ts";
import { openFaults, parseFaultPlan, type Rule } from "#core/faults.ts";

function openSettingsInMemory() {
  return openSettings(openDatabase(":memory:"));
}

function hits(rules: readonly Rule[], seed: number, times: number): string {
  const faults = openFaults(openSettingsInMemory());
  faults.replace({ seed, rules });
  return Array.from({ length: times }, () =>
    faults.hit("stripe", "refunds.create", "", ["decline"]) === undefined ? "-" : "x",
  ).join("");
}

test("the same seed gives the same faults, another seed others", () => {
  const rules = [{ part: "stripe", endpoint: "*", kind: "decline", rate: 0.3 }];
  assert.equal(hits(rules, 42, 200), hits(rules, 42, 200));
  assert.notEqual(hits(rules, 42, 200), hits(rules, 43, 200));
  const share = hits(rules, 42, 2000).replaceAll("-", "").length / 2000;
  assert.ok(Math.abs(share - 0.3) < 0.05, `a rate of 0.3 fired ${share}`);
});

test("a rule stops after its times, in memory and after a restart", () => {
  const settings = openSettingsInMemory();
  const faults = openFaults(settings);
  faults.replace({ seed: 1, rules: [{ part: "stripe", endpoint: "*", kind: "decline", times: 2 }] });
  assert.ok(faults.hit("stripe", "a", "") !== undefined);
  const restarted = openFaults(settings);
  assert.ok(restarted.hit("stripe", "b", "") !== undefined);
  assert.equal(restarted.hit("stripe", "c", ""), undefined);
});

test("a rule fires only for its part, endpoint, kind and text", () => {
  const faults = openFaults(openSettingsInMemory());
  faults.replace({
    seed: 1,
    rules: [{ part: "fernwood", endpoint: "orders.create", kind: "out_of_stock", match: "MO-7" }],
  });
  assert.equal(faults.hit("stripe", "orders.create", "MO-7"), undefined);
  assert.equal(faults.hit("fernwood", "orders.read", "MO-7"), undefined);
  assert.equal(faults.hit("fernwood", "orders.create", "MO-8"), undefined);
  assert.equal(faults.hit("fernwood", "orders.create", "MO-7", ["refuse_address"]), undefined);
  assert.equal(faults.hit("fernwood", "orders.create", () => "for MO-7")?.kind, "out_of_stock");
});

test("a handler that names no kinds is never given a transport fault", () => {
  const faults = openFaults(openSettingsInMemory());
  faults.replace({
    seed: 1,
    rules: [
      { part: "*", endpoint: "*", kind: "drop_after" },
      { part: "*", endpoint: "*", kind: "price_drift" },
    ],
  });
  assert.equal(faults.hit("lumen-home", "quote", "")?.kind, "price_drift");
});

test("a plan with a typing error is refused with its place", () => {
  const rule = { part: "stripe", endpoint: "*", kind: "decline" };
  assert.equal(parseFaultPlan({ rules: [rule, { ...rule, rat: 1 }] }), "rules[1]: rat is not a field of a rule");
  assert.equal(parseFaultPlan({ rules: [{ ...rule, rate: "1" }] }), "rules[0]: rate is a number");
  assert.equal(parseFaultPlan({ rules: [{ part: "stripe", kind: "decline" }] }), "rules[0]: endpoint is a string");
  assert.equal(typeof parseFaultPlan([]), "string");
});
