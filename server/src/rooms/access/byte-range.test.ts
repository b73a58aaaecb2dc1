import assert from "node:assert/strict";
import { test } from "node:test";
import { wantedRange } from "./byte-range.ts";

const cases: readonly (readonly [string | undefined, unknown])[] = [
  [undefined, "whole"],
  ["bytes=0-99", [0, 99]],
  ["bytes=10-", [10, 999]],
  ["bytes=-10", [990, 999]],
  ["bytes=-5000", [0, 999]],
  ["bytes=990-5000", [990, 999]],
  ["bytes=1000-", "unsatisfiable"],
  ["bytes=-0", "unsatisfiable"],
  ["bytes=9-3", "whole"],
  ["bytes=0-1,5-6", "whole"],
  ["lines=0-1", "whole"],
  ["bytes=-", "whole"],
];

for (const [range, wanted] of cases)
  test(`of 1000 bytes ${range ?? "nothing"} asks for ${JSON.stringify(wanted)}`, () => {
    const found = wantedRange({ range }, 1000, '"a"');
    assert.deepEqual(found.kind === "part" ? [found.range.start, found.range.end] : found.kind, wanted);
  });

test("a part of another content is not given: the whole is", () => {
  assert.equal(wantedRange({ range: "bytes=0-9", "if-range": '"b"' }, 1000, '"a"').kind, "whole");
  assert.equal(wantedRange({ range: "bytes=0-9", "if-range": '"a"' }, 1000, '"a"').kind, "part");
});
