import { scrub } from "./scrub.ts";

/** An error as a log may hold it: what kind, where, and a message without anything it was given. */
export type DescribedError = {
  readonly name: string;
  readonly code?: string;
  readonly message?: string;
  readonly frames?: string;
  readonly table?: string;
  readonly column?: string;
  readonly constraint?: string;
  readonly routine?: string;
  readonly cause?: DescribedError;
};

/** Deeper chains repeat themselves. */
const causesMax = 3;
const framesMax = 12;

export function describeError(error: unknown, depth = 0): DescribedError {
  if (typeof error !== "object" || error === null) return { name: typeof error };
  return {
    name: identifier(textOf(error, "name")) ?? "Error",
    ...optional("code", identifier(textOf(error, "code"))),
    ...optional("message", messageOf(error)),
    ...optional("frames", frames(textOf(error, "stack"))),
    ...(isDatabaseError(error) ? place(error) : {}),
    ...("cause" in error && error.cause !== undefined && depth < causesMax
      ? { cause: describeError(error.cause, depth + 1) }
      : {}),
  };
}

/**
 * Whose messages are kept, scrubbed: our own, which are sentences about the program; the engine's about the program's
 * types; the system's about connections. Any other may repeat what it was given in words no pattern can find (a name, a
 * street); of those the kind, the code and the frames tell enough.
 */
const spokenNames = new Set([
  "InvariantError",
  "ConfigError",
  "MigrationError",
  "OutboundError",
  "KeyLost",
  "TypeError",
  "ReferenceError",
  "RangeError",
]);

function messageOf(error: object): string | undefined {
  const code = textOf(error, "code");
  if (isDatabaseError(error)) return databaseMessage(error, code);
  const isSpoken = spokenNames.has(textOf(error, "name") ?? "") || "syscall" in error;
  return isSpoken ? scrubbed(textOf(error, "message")) : undefined;
}

function isDatabaseError(error: object): boolean {
  return "severity" in error && "routine" in error;
}

/**
 * Postgres names table, column and constraint apart from its message. Messages of classes 22 and 23 repeat the value
 * that was refused, so of those the class alone is kept; `detail`, `where` and `hint` are never read.
 */
function databaseMessage(error: object, code: string | undefined): string | undefined {
  if (code === undefined || code.startsWith("22") || code.startsWith("23")) return undefined;
  return scrubbed(textOf(error, "message"));
}

function place(error: object): Partial<DescribedError> {
  return {
    ...optional("table", identifier(textOf(error, "table"))),
    ...optional("column", identifier(textOf(error, "column"))),
    ...optional("constraint", identifier(textOf(error, "constraint"))),
    ...optional("routine", identifier(textOf(error, "routine"))),
  };
}

/** The frames alone: a stack begins with the message, which would bring back what was scrubbed. */
function frames(stack: string | undefined): string | undefined {
  if (stack === undefined) return undefined;
  const lines = stack.split("\n").filter((line) => /^\s+at [^@]*$/.test(line));
  return (
    lines
      .slice(0, framesMax)
      .map((line) => line.trim().replace(/\?[^:)]*/g, ""))
      .join(" | ") || undefined
  );
}

function scrubbed(message: string | undefined): string | undefined {
  return message === undefined || message === "" ? undefined : scrub(message);
}

/** Names and codes are ours or a library's constants; anything with a space or an @ in it is neither. */
function identifier(text: string | undefined): string | undefined {
  return text !== undefined && /^[\w.:$-]{1,64}$/.test(text) ? text : undefined;
}

function textOf(error: object, key: string): string | undefined {
  const value: unknown = Reflect.get(error, key);
  return typeof value === "string" ? value : undefined;
}

function optional<Key extends string>(key: Key, value: string | undefined): { [K in Key]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]?: string });
}
