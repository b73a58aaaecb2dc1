import { Transform } from "node:stream";
import { FileSizeError } from "./file-store.ts";

/** Lets exactly so many bytes through, and fails as soon as it is clear that there are more, or in the end fewer. */
export function exactSize(sizeBytes: number): Transform {
  let seen = 0;
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      seen += chunk.length;
      done(seen > sizeBytes ? new FileSizeError(`more than ${sizeBytes} bytes`) : null, chunk);
    },
    flush: (done) => {
      done(seen === sizeBytes ? null : new FileSizeError(`${seen} of ${sizeBytes} bytes`));
    },
  });
}
