import { join, resolve } from "node:path";
import type { Settled, Variables } from "./variables.ts";

/** Where the files that sellers sell are kept, and who looks at them first. */
export type FilesConfig = {
  /** A folder of this machine (or a disk that all its processes share), or a bucket. */
  readonly store:
    | { readonly kind: "folder"; readonly folder: string }
    | {
        readonly kind: "s3";
        readonly endpoint: string;
        readonly bucket: string;
        readonly region: string;
        readonly accessKeyId: string;
        readonly secretAccessKey: string;
      };
  /** Where a file lies while it is looked at. */
  readonly scratchFolder: string;
  /** The program that looks for viruses, with its arguments; null: nobody looks. */
  readonly scanner: string | null;
};

/** Reads where files go. A bucket that is half named is a complaint, not a folder. */
export function filesFrom(env: Variables): Settled<FilesConfig> {
  const folder = resolve(env.MUSE_FILES ?? join(env.MUSE_DATA, "files"));
  const beside = { scratchFolder: join(folder, "scratch"), scanner: env.FILE_SCANNER ?? null };
  const { S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_REGION: region } = env;
  if (endpoint === undefined) return { value: { store: { kind: "folder", folder }, ...beside } };
  const [accessKeyId, secretAccessKey] = [env.S3_ACCESS_KEY_ID, env.S3_SECRET_ACCESS_KEY];
  if (bucket === undefined || accessKeyId === undefined || secretAccessKey === undefined) {
    return { complaint: "S3_ENDPOINT needs S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY beside it." };
  }
  return { value: { store: { kind: "s3", endpoint, bucket, region, accessKeyId, secretAccessKey }, ...beside } };
}
