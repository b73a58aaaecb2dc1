/**
 * Keeps what failed, with why: a full run prints thousands of lines, and tools/test.ts says these again at its end. A
 * reporter of node's runner, beside the usual one.
 */
import type { TestEvent } from "node:test/reporters";

/** Of one failure: what an assertion compares may be a whole page. */
const charactersMax = 4_000;

// oxlint-disable-next-line import/no-default-export -- the runner takes a reporter by its module's default
export default async function* failedTests(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of events) {
    if (event.type !== "test:fail") continue;
    const { name, file, line, details } = event.data;
    const { cause, failureType } = details.error as { readonly cause?: unknown; readonly failureType?: string };
    // A test fails with its parts, and each of them says why.
    if (failureType === "subtestsFailed") continue;
    const { stack, message } = cause instanceof Error ? cause : details.error;
    const why = stack ?? message;
    yield `✖ ${name}\n  ${file ?? "?"}:${line ?? "?"}\n${why.slice(0, charactersMax).replaceAll(/^/gm, "    ")}\n\n`;
  }
}
