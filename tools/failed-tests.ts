/**
 * Keeps what failed, with why, a line of JSON each: a full run prints thousands of lines, and tools/test.ts says these
 * again at its end, and knows by them what to run once more. A reporter of node's runner, beside the usual one.
 */
import type { TestEvent } from "node:test/reporters";

export type FailedTest = {
  readonly name: string;
  /** Where it is written: its own file's path, or that of a helper which writes tests for several. */
  readonly file: string | null;
  /** Stands in its file by itself, not within another test. */
  readonly isWhole: boolean;
  /** For people; null where its parts say why. */
  readonly why: string | null;
};

/** Of one failure: what an assertion compares may be a whole page. */
const charactersMax = 4_000;

// oxlint-disable-next-line import/no-default-export -- the runner takes a reporter by its module's default
export default async function* failedTests(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of events) {
    if (event.type !== "test:fail") continue;
    const { name, file, line, nesting, details } = event.data;
    const { cause, failureType } = details.error as { readonly cause?: unknown; readonly failureType?: string };
    const { stack, message } = cause instanceof Error ? cause : details.error;
    const why = (stack ?? message).slice(0, charactersMax).replaceAll(/^/gm, "    ");
    const failed: FailedTest = {
      name,
      file: file ?? null,
      isWhole: nesting === 0,
      why: failureType === "subtestsFailed" ? null : `✖ ${name}\n  ${file ?? "?"}:${line ?? "?"}\n${why}\n`,
    };
    yield `${JSON.stringify(failed)}\n`;
  }
}
