/**
 * Loaded first into every program that `npm start` runs (`node --import`). They run in sessions of their own, so that
 * Ctrl-C reaches the start alone and it can stop them in order; when the start is killed with no time to do so, its
 * channel closes, and they end as they would have been told to. What such a program forks is loaded with this file
 * too, and is left alone: its channel is its own parent's, and may be all that keeps it running.
 */
import { closeSync, openSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
import { isAlive } from "../embedded-postgres/process-identity.ts";

const starter = process.env["MUSE_START_PID"];
const isForkedFurther = starter !== undefined && process.ppid !== Number(starter);

const graceMs = 15_000;

// It may be gone before this line is reached. Threads leave that to their program.
if (isMainThread && starter !== undefined && !isAlive(Number(starter))) end();
else if (!isForkedFurther) {
  process.once("disconnect", end);
  // The listener alone must not keep a finished program alive.
  process.channel?.unref();
}

function end(): void {
  speakToNobody();
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.kill(process.pid, "SIGKILL"), graceMs).unref();
}

/** The log's last words are tried again for ever where the pipe is broken (sonic-boom takes it for a full one). */
function speakToNobody(): void {
  for (const fd of [1, 2]) {
    closeSync(fd);
    // Takes the number that has just become free.
    openSync("/dev/null", "w");
  }
}
