import assert from "node:assert/strict";
import { test } from "node:test";

import { privateWords } from "./private-words.ts";
import { scrubTrace } from "./scrub-trace.ts";
import { readZip, writeZip } from "./zip-archive.ts";

test("an archive that was written is read again, and the same entries are the same bytes", () => {
  const entries = [
    { name: "trace.trace", data: Buffer.from('{"a":1}\n') },
    { name: "resources/größe.bin", data: Buffer.from([0, 255, 254, 1, 2, 3]) },
    { name: "empty", data: Buffer.alloc(0) },
  ];
  const archive = writeZip(entries);
  assert.deepEqual(readZip(archive), entries);
  assert.ok(archive.equals(writeZip(entries)));
});

test("what is no whole archive is refused", () => {
  const archive = writeZip([{ name: "a", data: Buffer.from("hello hello hello") }]);
  for (const broken of [Buffer.alloc(0), Buffer.from("PK"), archive.subarray(5), archive.subarray(0, -10)])
    assert.throws(() => readZip(broken));
});

test("P4: a trace keeps no private word in any form, no cookie, and its pictures as they were", () => {
  const words = privateWords(["Jane & Q. Doe", "501 Market St", "jane+1@muse.example", 'se"cret', "CA", null]);
  const picture = Buffer.from([137, 80, 78, 71, 255, 0]);
  const network = JSON.stringify({
    type: "resource-snapshot",
    snapshot: {
      request: {
        headers: [
          { name: "Cookie", value: "sid=abcdef" },
          { name: "Accept", value: "text/html" },
        ],
        cookies: [{ name: "sid", value: "abcdef" }],
        postData: { text: "name=Jane+%26+Q.+Doe&email=jane%2B1%40muse.example" },
      },
      response: { headers: [{ name: "set-cookie", value: "sid=abcdef" }] },
    },
  });
  const scrubbed = readZip(
    scrubTrace(
      writeZip([
        { name: "trace.network", data: Buffer.from(`${network}\n`) },
        {
          name: "trace.trace",
          data: Buffer.from('{"value":"se\\"cret","html":"Jane &amp; Q. Doe, 501 MARKET ST, CA"}\n'),
        },
        { name: "resources/a.png", data: picture },
      ]),
      words,
    ),
  );
  const text = scrubbed.slice(0, 2).map(({ data }) => data.toString("utf8"));
  for (const secret of ["Jane", "Doe", "Market", "MARKET", "jane", "cret", "abcdef"])
    assert.ok(!text.join("\n").includes(secret), secret);
  assert.match(text[0] ?? "", /text\/html/);
  assert.match(text[1] ?? "", /, CA"/);
  assert.deepEqual(scrubbed[2]?.data, picture);
});
