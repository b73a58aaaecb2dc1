import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { wordsOf } from "../private-words.ts";
import { readZip } from "../zip-archive.ts";
import { assertNamed, type BrowserBench, type BrowserScene, type BrowserSubject } from "./bench.ts";

/** What a visit leaves behind, and what it must not. */
export function testEvidence(subject: BrowserSubject, bench: BrowserBench): void {
  test("P1, P4: a visit leaves its steps, pictures, outline and trace, and nobody's name or secret in them", async () => {
    await withFolder(async (folder) => {
      const scene = await bench.next();
      assertNamed(await scene.place({ evidenceFolder: folder }), "placed");
      const names = readdirSync(folder);
      const { steps, outcome } = JSON.parse(readFileSync(join(folder, "steps.json"), "utf8"));
      assert.equal(outcome.kind, "placed");
      for (const step of steps) {
        assert.ok(step.ms >= 0 && step.result === "done", step.name);
        assert.ok(names.includes(step.picture), `${step.name} has its picture`);
      }
      assert.ok(names.includes("trace.zip") && names.includes("outline.txt"));
      const secrets = secretsOf(scene);
      for (const [name, text] of textsIn(folder)) {
        for (const secret of secrets) assert.ok(!text.includes(secret), `${name} holds ${secret}`);
      }
    });
  });

  test("a page that has changed is told by step and locator, with a picture of it", async () => {
    await withFolder(async (folder) => {
      const scene = await bench.next();
      await scene.fault({ endpoint: subject.changing.at(-1) ?? "", kind: "changed_page" });
      const outcome = await scene.place({ evidenceFolder: folder });
      assertNamed(outcome, "unavailable page_changed");
      assert.match("detail" in outcome ? outcome.detail : "", /^[a-z ]+: nothing at (getBy|locator)/);
      const { steps } = JSON.parse(readFileSync(join(folder, "steps.json"), "utf8"));
      const last = steps.at(-1);
      assert.equal(last.result, "stopped");
      assert.match(last.note, /^page_changed: /);
      assert.ok(readFileSync(join(folder, last.picture)).length > 1_000);
    });
  });
}

/** In lower case: pages write as they like. The email's house is in every address of ours. */
function secretsOf({ request, access }: BrowserScene): readonly string[] {
  const words = [...wordsOf(request.shipTo, request.contactEmail), ...Object.values(access.credentials)];
  return words.filter((word) => word !== null && word.length > 3).map((word) => String(word).toLowerCase());
}

function textsIn(folder: string): readonly (readonly [name: string, text: string])[] {
  return readdirSync(folder).flatMap((name) => {
    const data = readFileSync(join(folder, name));
    if (name.endsWith(".png")) return [[name, name]] as const;
    if (!name.endsWith(".zip")) return [[name, data.toString("utf8").toLowerCase()]] as const;
    return readZip(data).map((entry) => [`${name}/${entry.name}`, entry.data.toString("utf8").toLowerCase()] as const);
  });
}

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "muse-evidence-"));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
