/**
 * Loaded first into every program that `npm start` runs (`node --import`). They run in sessions of their own, so that
 * Ctrl-C reaches the start alone and it can stop them in order; when the start is killed with no time to do so, its
 * channel closes, and they end as they would have been told to. What such a program forks is loaded with this file
 * too, and is left alone: its channel is its own parent's, and may be all that keeps it running.
 */
const starter = process.env["MUSE_START_PID"];
const isForkedFurther = starter !== undefined && process.ppid !== Number(starter);

const graceMs = 15_000;

if (!isForkedFurther) {
  process.once("disconnect", () => {
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.exit(1), graceMs).unref();
  });
  // The listener alone must not keep a finished program alive.
  process.channel?.unref();
}
