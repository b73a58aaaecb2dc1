/** A program's line of log as a person reads it; what is not JSON stays as it is. */
export function readableLine(program: string, line: string): string {
  return `${program.padEnd(programWidth)} │ ${body(line)}`;
}

const programWidth = 8;

const levels = new Map([
  [10, "trace"],
  [20, "debug"],
  [30, "info "],
  [40, "WARN "],
  [50, "ERROR"],
  [60, "FATAL"],
]);

/** Said by the line's place or its prefix, or of use to machines alone. */
const leftOut = new Set(["level", "time", "msg", "pid", "hostname", "name", "v", "program", "role"]);

function body(line: string): string {
  const record = parse(line);
  if (record === undefined) return line;
  const level = levels.get(Number(record["level"])) ?? "     ";
  const message = typeof record["msg"] === "string" ? record["msg"] : "";
  const rest = Object.entries(record)
    .filter(([key]) => !leftOut.has(key))
    .map(([key, value]) => `${key}=${short(value)}`);
  return [level, message, ...rest].filter((part) => part !== "").join(" ");
}

function parse(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** One line stays one line: an error is its message, and what is deep is JSON. */
function short(value: unknown): string {
  if (typeof value === "string") return /\s/.test(value) ? JSON.stringify(value) : value;
  if (typeof value === "object" && value !== null && "message" in value) return JSON.stringify(value.message);
  return JSON.stringify(value);
}
