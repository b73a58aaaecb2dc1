import assert from "node:assert/strict";
import { test } from "node:test";
import { coverageReport } from "./coverage.ts";

const room = "server/src/rooms";

test("each room has a row, and every line that nothing ran is named", () => {
  const { text, complaints } = coverageReport([
    { path: `${room}/quote/rules.ts`, lines: 50, uncovered: [] },
    { path: `${room}/cart/add-item.ts`, lines: 90, uncovered: [] },
    { path: `${room}/cart/stripe/read.ts`, lines: 10, uncovered: [3, 7, 8, 9] },
  ]);
  assert.match(text, /cart +100 +96\.0 %\n +not run: cart\/stripe\/read\.ts 3 7-9\n +quote +50 +100\.0 %/);
  assert.deepEqual(complaints, []);
});

test("a room below 95 % and a rules.ts with a line left out are complained of", () => {
  const { complaints } = coverageReport([
    { path: `${room}/cart/add-item.ts`, lines: 100, uncovered: [1, 2, 3, 4, 5, 6] },
    { path: `${room}/order/rules.ts`, lines: 100, uncovered: [7] },
  ]);
  assert.deepEqual(complaints, ["cart is below 95 %", `${room}/order/rules.ts 7 was not run`]);
});

test("nothing is said where nothing was measured", () => {
  assert.deepEqual(coverageReport([]), { text: "", complaints: [] });
});
