import assert from "node:assert/strict";
import { test } from "node:test";
import { askedLanguage } from "./asked-language.ts";

test("the heaviest of ours is asked for, of equals the first, and a weight of nothing is a refusal", () => {
  const cases = {
    "en;q=0.5, ko": "ko",
    "ko;q=0, en": "en",
    "ko;q=0": null,
    "ko;q=0, fr": null,
    "fr, ko;q=0.1": "ko",
    "ko-KR,ko;q=0.9,en-US;q=0.8": "ko",
    "en-US,en;q=0.9,ko;q=0.8": "en",
    "fr-FR, KO-kr;Q=0.7, en;q=0.6": "ko",
    "en;q=0.7,ko;q=0.7": "en",
    "en ; q=0.2 , ko ; q=0.3": "ko",
    "ko;v=b3;q=0.1, en;q=0.2": "en",
    "korean, english": null,
    "*": null,
    "": null,
    ko: "ko",
  } as const;
  for (const [header, language] of Object.entries(cases)) assert.equal(askedLanguage(header), language, header);
});
