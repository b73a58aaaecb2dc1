import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { assert } from "#kernel/assert.ts";
import { systemClock } from "#kernel/clock.ts";
import { assertNoTransaction } from "#platform/db/tx.ts";
import { exactSize } from "#platform/files/exact-size.ts";
import { isFileKey, type FileStore } from "#platform/files/file-store.ts";
import { emptyPayload, signS3, unsignedPayload, type S3Key } from "./s3-signature.ts";

export type S3Config = S3Key & {
  /** `https://s3.eu-central-1.amazonaws.com`, or any store that speaks the same. */
  readonly endpoint: string;
  readonly bucket: string;
};

/** The store answered something that is neither the file nor "not there". */
export class S3Error extends Error {
  override readonly name = "S3Error";
}

/** No byte for this long: the store is away. A whole file may take much longer. */
const silenceMsMax = 30_000;

/** Files in a bucket. Addressed by path, as stores of one's own rarely have a name for each bucket. */
export function s3Files(config: S3Config): FileStore {
  const ask = async (wish: Wish): Promise<IncomingMessage> => await send(config, wish);
  return {
    put: async (key, content, sizeBytes) => {
      const answer = await ask({ method: "PUT", key, content, sizeBytes });
      answer.resume();
      expect(answer, [200, 201, 204]);
    },
    read: async (key, range) => {
      const headers: Record<string, string> =
        range === undefined ? {} : { range: `bytes=${range.start}-${range.end}` };
      const answer = await ask({ method: "GET", key, headers });
      if (answer.statusCode === 404) {
        answer.resume();
        return null;
      }
      return expect(answer, [range === undefined ? 200 : 206]);
    },
    remove: async (key) => {
      const answer = await ask({ method: "DELETE", key });
      answer.resume();
      expect(answer, [200, 204, 404]);
    },
  };
}

type Wish = {
  readonly method: "GET" | "PUT" | "DELETE";
  readonly key: string;
  readonly headers?: Record<string, string>;
  readonly content?: Readable;
  readonly sizeBytes?: number;
};

async function send(config: S3Config, { method, key, headers = {}, content, sizeBytes }: Wish): Promise<IncomingMessage> {
  assertNoTransaction("outbound call to the file store");
  assert(isFileKey(key), "s3Files: a key is one of ours");
  const url = new URL(`${config.endpoint.replace(/\/+$/, "")}/${config.bucket}/${key}`);
  const signed = signS3(
    {
      method,
      url,
      headers: sizeBytes === undefined ? headers : { ...headers, "content-length": String(sizeBytes) },
      at: systemClock.now(),
      payload: content === undefined ? emptyPayload : unsignedPayload,
    },
    config,
  );
  const open = url.protocol === "https:" ? httpsRequest : httpRequest;
  const sending = open(url, { method, headers: signed });
  sending.setTimeout(silenceMsMax, () => sending.destroy(new S3Error(`${method}: no answer`)));
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    sending.once("response", resolve).once("error", reject);
  });
  // Whoever waits for the body sees the failure first; nobody else is to be told of the same.
  answered.catch(() => undefined);
  if (content === undefined || sizeBytes === undefined) sending.end();
  else await pipeline(content, exactSize(sizeBytes), sending);
  return await answered;
}

/** @throws S3Error for any other status */
function expect(answer: IncomingMessage, statuses: readonly number[]): IncomingMessage {
  if (statuses.includes(answer.statusCode ?? 0)) return answer;
  answer.destroy();
  throw new S3Error(`the file store answered ${answer.statusCode ?? "nothing"}`);
}
