import { Worker } from "node:worker_threads";
import { assert } from "#kernel/assert.ts";
import type { PageAnswer, PageTask } from "./page/read-page-thread.ts";

/** A real page is read in some milliseconds. */
const patienceMs = 3_000;
/** The thread begins in a fifth of a second, on a machine that has nothing else to do. */
const beginMs = 15_000;

/** A thread that nobody has needed for so long ends: most processes read a page now and then. */
const idleMs = 60_000;

/** Ten times what a real page takes, and little beside what the process has. */
const resourceLimits = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16 } as const;

/**
 * Reads pages in a thread of their own, one at a time. What is too much for that thread, in memory or in time, ends the
 * thread and nothing else, and is a page that is too large.
 */
export function openPageReader(): (task: PageTask) => Promise<PageAnswer> {
  let last: Promise<unknown> = Promise.resolve();
  let thread: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  const end = async (): Promise<void> => {
    const ending = thread;
    thread = null;
    await ending?.terminate();
  };
  const read = async (task: PageTask): Promise<PageAnswer> => {
    clearTimeout(idle);
    thread ??= await begin();
    thread.postMessage(task);
    const answer = (await heardFrom(thread, patienceMs)) as PageAnswer | null;
    if (answer === null) {
      await end();
      return { kind: "too_large" };
    }
    idle = setTimeout(() => void end(), idleMs).unref();
    return answer;
  };
  return (task) => {
    const mine = last.then(() => read(task));
    last = mine.catch(end);
    return mine;
  };
}

async function begin(): Promise<Worker> {
  const thread = new Worker(new URL("./page/read-page-thread.ts", import.meta.url), { resourceLimits });
  // Nothing of a page keeps the process up.
  thread.unref();
  assert((await heardFrom(thread, beginMs)) === "ready", "the thread that reads pages begins");
  return thread;
}

/** What it says next; null where it ended instead, or said nothing in time. */
async function heardFrom(thread: Worker, withinMs: number): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const waiting = new AbortController();
  try {
    return await new Promise<unknown>((resolve, reject) => {
      timer = setTimeout(() => resolve(null), withinMs);
      const once = (event: string, heard: (value: unknown) => void): void => {
        const listen = (value: unknown): void => heard(value);
        thread.once(event, listen);
        waiting.signal.addEventListener("abort", () => thread.off(event, listen));
      };
      once("message", resolve);
      once("exit", () => resolve(null));
      once("error", (error) => (isOutOfMemory(error) ? resolve(null) : reject(asError(error))));
    });
  } finally {
    clearTimeout(timer);
    waiting.abort();
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error("a page's thread ended", { cause: error });
}
