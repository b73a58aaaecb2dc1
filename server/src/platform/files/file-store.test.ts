import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { after, test } from "node:test";
import { must } from "#kernel/assert.ts";
import { s3Files } from "#platform/outbound/s3-files.ts";
import { signS3 } from "#platform/outbound/s3-signature.ts";
import { FileSizeError, type FileStore } from "./file-store.ts";
import { folderFiles } from "./folder-files.ts";

const key = { accessKeyId: "AKTEST", secretAccessKey: "secret", region: "ap-northeast-2" };
const folder = mkdtempSync(join(tmpdir(), "muse-store-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A bucket as its provider would serve it, which takes nobody's word without their signature. */
const kept = new Map<string, Buffer>();
const server = createServer((request, response) => void serve(request, response));
await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
after(() => server.close());
const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await buffer(request).catch(() => null);
  if (body === null) return;
  const [status, content] = isSigned(request) ? answerTo(request, body) : ([403, ""] as const);
  response.writeHead(status).end(content);
}

function answerTo({ method, url = "", headers }: IncomingMessage, body: Buffer): readonly [number, Buffer | string] {
  if (method === "PUT") return (kept.set(url, body), [200, ""]);
  if (method === "DELETE") return (kept.delete(url), [204, ""]);
  const content = kept.get(url);
  if (content === undefined) return [404, "<Error/>"];
  const [, start = "0", end = ""] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? "") ?? [];
  return end === "" ? [200, content] : [206, content.subarray(Number(start), Number(end) + 1)];
}

function isSigned({ method, url, headers }: IncomingMessage): boolean {
  const [, names = ""] = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? "") ?? [];
  const given = names.split(";").filter((name) => !name.startsWith("x-amz-") && name !== "host");
  const time = String(headers["x-amz-date"]).replace(/^(....)(..)(..T..)(..)/, "$1-$2-$3:$4:");
  const right = signS3(
    {
      method: method as "GET",
      url: new URL(url ?? "", endpoint),
      headers: Object.fromEntries(given.map((name) => [name, String(headers[name])])),
      at: new Date(time),
      payload: String(headers["x-amz-content-sha256"]),
    },
    key,
  );
  return right["authorization"] === headers.authorization;
}

const stores: Readonly<Record<string, FileStore>> = {
  "a folder": folderFiles(folder),
  "a bucket": s3Files({ ...key, endpoint, bucket: "muse" }),
};

for (const [name, files] of Object.entries(stores)) {
  const read = async (of: string, range?: { start: number; end: number }): Promise<string> =>
    (await buffer(must(await files.read(of, range), "it is there"))).toString();

  test(`${name} keeps what it is given, whole or in part, until it is removed`, async () => {
    await files.put("files/fil_1", Readable.from([Buffer.from("one "), Buffer.from("two")]), 7);
    assert.equal(await read("files/fil_1"), "one two");
    assert.equal(await read("files/fil_1", { start: 4, end: 5 }), "tw");
    await files.put("files/fil_1", Readable.from([Buffer.from("three")]), 5);
    assert.equal(await read("files/fil_1"), "three");
    await files.remove("files/fil_1");
    await files.remove("files/fil_1");
    assert.equal(await files.read("files/fil_1"), null);
  });

  test(`${name} keeps nothing of what is longer or shorter than was said`, async () => {
    for (const size of [2, 4]) {
      await assert.rejects(files.put("files/fil_2", Readable.from([Buffer.from("abc")]), size), FileSizeError);
      assert.equal(await files.read("files/fil_2"), null);
    }
  });

  test(`${name} is asked for nothing but keys of ours`, async () => {
    await assert.rejects(files.read("../secret"));
    await assert.rejects(files.read("files/a/../b"));
  });
}

test("a bucket that does not know the key says so, and nothing is taken for a file", async () => {
  const stranger = s3Files({ ...key, secretAccessKey: "other", endpoint, bucket: "muse" });
  await assert.rejects(stranger.read("files/fil_1"), /answered 403/);
  await assert.rejects(stranger.put("files/fil_3", Readable.from([Buffer.from("a")]), 1), /answered 403/);
});
