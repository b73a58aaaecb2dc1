import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { after, test } from "node:test";
import { systemClock } from "#kernel/clock.ts";
import { newId } from "#kernel/ids.ts";
import { folderFiles } from "#platform/files/folder-files.ts";
import { openTestDb } from "../../../test/db.ts";
import { makeSeller } from "../../../test/sellers.ts";
import type { ScanFile } from "./scan-file.ts";
import { dropUpload, finishUpload, openUpload, takePiece, type FileDeps } from "./upload-file.ts";

const { pool } = await openTestDb();
const folder = mkdtempSync(join(tmpdir(), "muse-uploads-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const kept = join(folder, "kept");
const scratchFolder = join(folder, "scratch");

const depsWith = (scan: ScanFile): FileDeps => ({
  files: folderFiles(kept),
  scan,
  scratchFolder,
  clock: systemClock,
});
const clean: ScanFile = async () => ({ kind: "clean" });

async function opened(sizeBytes: number) {
  const accountId = await makeSeller(pool);
  const productId = newId("prd");
  await pool.query(
    "insert into seller.product (product_id, account_id, currency, title, price_minor) values ($1, $2, 'USD', 'A text', 100)",
    [productId, accountId],
  );
  const result = await openUpload(pool, { accountId, productId, name: "a.txt", sizeBytes });
  assert.ok(result.kind === "opened");
  return { uploadId: result.upload.uploadId, accountId };
}

type Of = Awaited<ReturnType<typeof opened>>;
const send = async (of: Of, content: Readable, contentBytes: number) =>
  await takePiece(pool, depsWith(clean), { ...of, piece: 0, content, contentBytes });

async function textOf(fileId: string): Promise<string> {
  const content = await folderFiles(kept).read(`files/${fileId}`);
  assert.ok(content !== null);
  return (await content.toArray()).join("");
}

test("finished twice at once with other bytes sent in between: one file, and it is what its digest says", async () => {
  const of = await opened(5);
  await send(of, Readable.from([Buffer.from("first")]), 5);
  let second: ReturnType<typeof finishUpload> | null = null;
  const first = await finishUpload(
    pool,
    depsWith(async () => {
      await send(of, Readable.from([Buffer.from("other")]), 5);
      second = finishUpload(
        pool,
        depsWith(async () => {
          // Until the first has been told of, this one has read its pieces and not yet kept them.
          await until(async () => (await pool.query("select from access.file")).rowCount === 1);
          return { kind: "clean" };
        }),
        of,
      );
      await until(async () => readdirSync(scratchFolder).length === 2);
      return { kind: "clean" };
    }),
    of,
  );
  assert.ok(first.kind === "finished");
  assert.equal((await (second as unknown as ReturnType<typeof finishUpload>)).kind, "upload_not_found");
  const text = await textOf(first.file.fileId);
  assert.equal(text, "first");
  assert.ok(createHash("sha256").update(text).digest().equals(first.file.sha256));
  assert.deepEqual(readdirSync(join(kept, "files")), [first.file.fileId], "nothing lies beside it");
});

test("a piece that arrives when its upload is gone leaves nothing behind", async () => {
  const of = await opened(5);
  const content = new Readable({ read: () => undefined });
  content.push("be");
  const sending = send(of, content, 5);
  await until(async () => existsSync(join(kept, "pieces", of.uploadId)));
  await dropUpload(pool, folderFiles(kept), { uploadId: of.uploadId, sizeBytes: 5 });
  content.push("gin");
  content.push(null);
  assert.equal((await sending).kind, "upload_not_found");
  assert.ok(!existsSync(join(kept, "pieces", of.uploadId, "0")));
});

test("what a process that died has left where files are looked at is removed by the next one", async () => {
  const [old, live] = [join(scratchFolder, "old"), join(scratchFolder, "live")];
  for (const path of [old, live]) writeFileSync(path, "half a file");
  const hourAgo = new Date(Date.now() - 3_700_000);
  utimesSync(old, hourAgo, hourAgo);
  const of = await opened(5);
  await send(of, Readable.from([Buffer.from("hello")]), 5);
  assert.equal((await finishUpload(pool, depsWith(clean), of)).kind, "finished");
  assert.deepEqual(readdirSync(scratchFolder), ["live"]);
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + 5_000;
  while (!(await isSo())) {
    assert.ok(performance.now() < deadlineMs, "waited for nothing");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
