import { createReadStream } from "node:fs";
import { open, readdir, readFile, realpath, rm } from "node:fs/promises";
import { join, sep } from "node:path";
import type { Readable } from "node:stream";
import { z } from "zod";
import { assert } from "#kernel/assert.ts";
import type { Db } from "#platform/db/query.ts";
import { evidenceExpired, evidenceGone } from "./placement.sql.gen.ts";

/** An attempt's folder has one folder in it for each visit to the shop: `place`, `look-up-2`, `cancel-1`. */
export function visitFolder(evidenceFolder: string, attemptId: string, visit: string): string {
  assert(attemptIdForm.test(attemptId) && visitForm.test(visit), "visitFolder: both are names of our own making");
  return join(evidenceFolder, attemptId, visit);
}

const attemptIdForm = /^pla_[0-9a-f]{32}$/;
const visitForm = /^[a-z]+(-[a-z]+)*(-\d+)?$/;
const pictureForm = /^\d{2,3}-[a-z0-9-]{0,120}\.png$/;

/** What a visit leaves beside its pictures, and as what it is sent. */
const otherFiles: Readonly<Record<string, string>> = {
  "trace.zip": "application/zip",
  "outline.txt": "text/plain; charset=utf-8",
  "steps.json": "application/json",
};

/** `steps.json` as the browser tier writes it. */
const StepList = z.object({
  connector: z.string(),
  kind: z.string(),
  startedAt: z.iso.datetime(),
  outcome: z
    .object({ kind: z.string(), reason: z.string().nullish(), detail: z.string().nullish() })
    .nullable()
    .catch(null),
  steps: z.array(
    z.object({
      number: z.int(),
      name: z.string(),
      startedAt: z.iso.datetime(),
      ms: z.number(),
      result: z.enum(["done", "stopped"]),
      note: z.string().nullable(),
      path: z.string(),
      picture: z.string().nullable(),
    }),
  ),
});

export type VisitEvidence = z.output<typeof StepList> & { readonly visit: string; readonly files: readonly string[] };

/** What the visits of one attempt left, in the order of their beginning; nothing where there is no folder. */
export async function readEvidence(evidenceFolder: string, attemptId: string): Promise<readonly VisitEvidence[]> {
  assert(attemptIdForm.test(attemptId), "readEvidence: an attempt's id");
  const names = await readdir(join(evidenceFolder, attemptId)).catch(() => []);
  const visits = await Promise.all(
    names.filter((name) => visitForm.test(name)).map((visit) => readVisit(evidenceFolder, attemptId, visit)),
  );
  return visits.filter((visit) => visit !== null).sort((a, b) => a.startedAt.localeCompare(b.startedAt));
}

async function readVisit(evidenceFolder: string, attemptId: string, visit: string): Promise<VisitEvidence | null> {
  const folder = visitFolder(evidenceFolder, attemptId, visit);
  try {
    const read = StepList.parse(JSON.parse(await readFile(join(folder, "steps.json"), "utf8")));
    const there = await readdir(folder);
    const files = there.filter((name) => Object.hasOwn(otherFiles, name) && name !== "steps.json").sort();
    return { ...read, visit, files };
  } catch {
    // A worker that died may have written half of it; there is nothing to show then.
    return null;
  }
}

export type EvidenceFile = { readonly contentType: string; readonly content: Readable; readonly name: string };

/** One file of a visit, or null: names that no visit makes, and whatever leads out of the evidence folder. */
export async function openEvidenceFile(
  evidenceFolder: string,
  { attemptId, visit, file }: { readonly attemptId: string; readonly visit: string; readonly file: string },
): Promise<EvidenceFile | null> {
  const contentType = pictureForm.test(file)
    ? "image/png"
    : Object.hasOwn(otherFiles, file)
      ? otherFiles[file]
      : undefined;
  if (contentType === undefined || !attemptIdForm.test(attemptId) || !visitForm.test(visit)) return null;
  try {
    const root = await realpath(evidenceFolder);
    const path = await realpath(join(root, attemptId, visit, file));
    if (!path.startsWith(`${root}${sep}${attemptId}${sep}`)) return null;
    const handle = await open(path, "r");
    if (!(await handle.stat()).isFile()) {
      await handle.close();
      return null;
    }
    return { contentType, content: createReadStream(path, { fd: handle }), name: `${attemptId}-${visit}-${file}` };
  } catch {
    return null;
  }
}

const foldersPerRound = 200;

/**
 * Deletes what has been kept long enough, and what is of people who wanted to be forgotten.
 *
 * @returns above zero when there may be more
 */
export async function deleteEvidence(db: Db, evidenceFolder: string): Promise<number> {
  const expired = await evidenceExpired(db, { countMax: foldersPerRound });
  const attemptIds = expired.map(({ attemptId }) => attemptId);
  for (const attemptId of attemptIds) {
    assert(attemptIdForm.test(attemptId), "deleteEvidence: an attempt's id");
    await rm(join(evidenceFolder, attemptId), { recursive: true, force: true });
  }
  if (attemptIds.length > 0) await evidenceGone(db, { attemptIds });
  return attemptIds.length < foldersPerRound ? 0 : attemptIds.length;
}
