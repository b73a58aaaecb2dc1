/**
 * What the tests run of the rooms' code: after the last test a table by room, with every line that nothing ran.
 * A reporter of node's runner (tools/test.ts), which merges what all processes of the run have seen, around the
 * usual report. In a full run it is a gate.
 */
import { globSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { Readable } from "node:stream";
import { spec, type TestEvent } from "node:test/reporters";

const root = resolve(import.meta.dirname, "..");

/** Set by tools/test.ts when every test runs: only then does a line that nothing ran say something. */
export const gateVariable = "MUSE_COVERAGE_GATE";

/** Below this a room is not tested, whatever its tests say. What is decided in a rules.ts is tested in full. */
const roomPercentMin = 95;

/** One file of a room and its lines that were not run. */
export type FileCoverage = { readonly path: string; readonly lines: number; readonly uncovered: readonly number[] };

export type CoverageReport = { readonly text: string; readonly complaints: readonly string[] };

// oxlint-disable-next-line import/no-default-export -- the runner takes a reporter by its module's default
export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  let seen: readonly FileCoverage[] = [];
  const others = async function* (): AsyncGenerator<TestEvent> {
    for await (const event of events) {
      // The usual report would list every file.
      if (event.type === "test:coverage") seen = filesOf(event);
      else yield event;
    }
  };
  yield* Readable.from(others()).compose(new spec());
  const isGate = process.env[gateVariable] !== undefined;
  const { text, complaints } = coverageReport(isGate ? [...seen, ...neverLoaded(seen)] : seen);
  yield text;
  if (!isGate) return;
  for (const complaint of complaints) yield `✖ coverage: ${complaint}\n`;
  if (complaints.length > 0) process.exitCode = 1;
}

/** The table, and what a full run must not have. */
export function coverageReport(files: readonly FileCoverage[]): CoverageReport {
  const rooms = Map.groupBy(files, ({ path }) => roomOf(path));
  const rows: string[] = ["\nlines of server/src/rooms that the tests ran\n"];
  const complaints: string[] = [];
  for (const [room, own] of [...rooms].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const lines = own.reduce((sum, file) => sum + file.lines, 0);
    const uncovered = own.reduce((sum, file) => sum + file.uncovered.length, 0);
    const percent = lines === 0 ? 100 : (100 * (lines - uncovered)) / lines;
    if (percent < roomPercentMin) complaints.push(`${room} is below ${roomPercentMin} %`);
    rows.push(`  ${room.padEnd(12)}${String(lines).padStart(6)}${percent.toFixed(1).padStart(8)} %\n`);
    for (const file of own.filter((candidate) => candidate.uncovered.length > 0)) {
      rows.push(`      not run: ${file.path.split("/rooms/")[1] ?? file.path} ${ranges(file.uncovered)}\n`);
      if (file.path.endsWith("/rules.ts")) complaints.push(`${file.path} ${ranges(file.uncovered)} was not run`);
    }
  }
  return { text: rows.length === 1 ? "" : `${rows.join("")}\n`, complaints };
}

function roomOf(path: string): string {
  return path.split("/rooms/")[1]?.split("/")[0] ?? path;
}

/** `3 7-9` */
function ranges(lines: readonly number[]): string {
  const found: [number, number][] = [];
  for (const line of lines) {
    const last = found.at(-1);
    if (last !== undefined && last[1] === line - 1) last[1] = line;
    else found.push([line, line]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(" ");
}

function filesOf(event: Extract<TestEvent, { type: "test:coverage" }>): FileCoverage[] {
  return event.data.summary.files.map(({ path, totalLineCount, lines }) => ({
    path: relative(root, path),
    lines: totalLineCount,
    uncovered: lines.filter(({ count }) => count === 0).map(({ line }) => line),
  }));
}

/** Files that no process has loaded, though there is something in them to run: types alone are gone by then. */
function neverLoaded(seen: readonly FileCoverage[]): FileCoverage[] {
  const known = new Set(seen.map(({ path }) => path));
  // What the runner takes for a test's own, it measures no more than the tests themselves.
  const ofTests = ["**/*.test.ts", "**/test-*.ts", "**/test/**"];
  return globSync("server/src/rooms/**/*.ts", { cwd: root, exclude: ofTests })
    .filter((path) => !known.has(path))
    .flatMap((path) => {
      const source = readFileSync(resolve(root, path), "utf8");
      if (!/^(?:export )?(?:async )?(?:function|class|const|let) /m.test(source)) return [];
      const lines = source.split("\n").length;
      return [{ path, lines, uncovered: Array.from({ length: lines }, (_, index) => index + 1) }];
    });
}
