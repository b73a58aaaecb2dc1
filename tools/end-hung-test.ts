/**
 * Loaded first into every test file's process. The runner's own time limit needs the file's cooperation: one that
 * spins without a pause never hears of it, and would hold up the run for ever. A thread of its own ends such a file,
 * by name.
 */
import { Worker } from "node:worker_threads";

/** The longest honest file opens every page in a real browser; on a quiet machine none needs a quarter of this. */
const fileMsMax = 900_000;

const watch = `
  const { writeSync } = require("node:fs");
  setTimeout(() => {
    writeSync(2, ${JSON.stringify(`${process.argv[1] ?? "a test file"} did not end within ${fileMsMax / 1000} s\n`)});
    process.kill(${process.pid}, "SIGKILL");
  }, ${fileMsMax});`;

// The runner itself loads this too, and may take as long as it has files.
if (process.env["NODE_TEST_CONTEXT"] !== undefined) {
  new Worker(watch, { eval: true, execArgv: [], env: {} }).unref();
}
