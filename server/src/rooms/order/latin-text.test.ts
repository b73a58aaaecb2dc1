import assert from "node:assert/strict";
import { test } from "node:test";
import { latinText } from "./latin-text.ts";

test("what Windows-1252 can show stays as it is; everything else is written so that it can, and says so", () => {
  const cases = [
    ["Ada Byron – “Zoë” €5", "Ada Byron – “Zoë” €5", false],
    ["₩12,000", "KRW 12,000", false],
    ["a\u202fb\tc\u2212d", "a b c-d", false],
    ["김민수", "gimminsu", true],
    ["값", "gap", true],
    ["Łódź", "[U+0141]ódz", true],
    ["Ζ", "[U+0396]", true],
    ["👑", "[U+1F451]", true],
    ["e\u0301", "é", false],
    ["", "", false],
  ] as const;
  for (const [text, shown, isChanged] of cases) assert.deepEqual(latinText(text), { text: shown, isChanged }, text);
});
