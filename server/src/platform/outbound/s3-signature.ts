import { createHash, createHmac } from "node:crypto";

export type S3Key = { readonly accessKeyId: string; readonly secretAccessKey: string; readonly region: string };

export type S3Request = {
  readonly method: "GET" | "PUT" | "DELETE";
  readonly url: URL;
  /** Besides `host`, which is signed always. Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly at: Date;
  /** SHA-256 of the body in hex, or what stands for a body that is not hashed. */
  readonly payload: string;
};

/** For a body that streams: what protects it on the way is TLS. */
export const unsignedPayload = "UNSIGNED-PAYLOAD";
/** SHA-256 of no bytes. */
export const emptyPayload = createHash("sha256").digest("hex");

/**
 * AWS Signature Version 4 for one request, as every S3-compatible store checks it: answers all headers to send.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function signS3(request: S3Request, key: S3Key): Record<string, string> {
  const { method, url, at, payload } = request;
  const time = at.toISOString().replaceAll(/[-:]|\.\d{3}/g, "");
  const day = time.slice(0, 8);
  const headers: Record<string, string> = {
    ...request.headers,
    host: url.host,
    "x-amz-content-sha256": payload,
    "x-amz-date": time,
  };
  const names = Object.keys(headers).sort();
  const canonical = [
    method,
    url.pathname,
    url.searchParams.toString(),
    ...names.map((name) => `${name}:${headers[name]?.trim()}`),
    "",
    names.join(";"),
    payload,
  ].join("\n");
  const scope = `${day}/${key.region}/s3/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", time, scope, createHash("sha256").update(canonical).digest("hex")].join("\n");
  const signing = [day, key.region, "s3", "aws4_request"].reduce<Buffer>(
    (secret, part) => createHmac("sha256", secret).update(part).digest(),
    Buffer.from(`AWS4${key.secretAccessKey}`),
  );
  const signature = createHmac("sha256", signing).update(toSign).digest("hex");
  headers["authorization"] =
    `AWS4-HMAC-SHA256 Credential=${key.accessKeyId}/${scope}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  return headers;
}
