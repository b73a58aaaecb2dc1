import assert from "node:assert/strict";
import { test } from "node:test";
import { judge } from "./judge.ts";

const report = (severity: string) =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: {
      leftish: { name: "leftish", severity, via: [{ title: "Pads too far", severity }, "other"], range: "<2.0.0" },
    },
    metadata: { vulnerabilities: { [severity]: 1 }, dependencies: { prod: 321, total: 900 } },
  });

test("what is grave is named with its range and its title", () => {
  for (const severity of ["high", "critical"]) {
    assert.deepEqual(judge(report(severity)), {
      kind: "found",
      findings: [`${severity}: leftish <2.0.0 (Pads too far; other)`],
    });
  }
});

test("what is less than grave passes, and so does nothing at all", () => {
  assert.deepEqual(judge(report("moderate")), { kind: "clean", packages: 321 });
  const clean = JSON.stringify({ vulnerabilities: {}, metadata: { dependencies: { prod: 5 } } });
  assert.deepEqual(judge(clean), { kind: "clean", packages: 5 });
});

test("an error of the registry, no network and no answer are no clean bill", () => {
  for (const [output, why] of [
    [
      JSON.stringify({ message: "405 Method Not Allowed - POST https://r/", statusCode: 405, error: { summary: "" } }),
      "405",
    ],
    [JSON.stringify({ error: { code: "ENOAUDIT", summary: "request failed, getaddrinfo EAI_AGAIN" } }), "EAI_AGAIN"],
    ["", "nothing"],
    ["<html>", "nothing"],
    ["[]", "nothing"],
    ["{}", "something else"],
  ] as const) {
    const verdict = judge(output);
    assert.ok(verdict.kind === "absent" && verdict.why.includes(why), `${output}: ${JSON.stringify(verdict)}`);
  }
});
