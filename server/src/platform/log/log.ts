import { pino, type DestinationStream } from "pino";
import { describeError } from "./describe-error.ts";
import { logFields, type LogField, type LogFields, type LogValue } from "./fields.ts";
import { scrub } from "./scrub.ts";

export type LogLevel = "debug" | "info" | "warn" | "error" | "silent";

/**
 * The only way to write a log line. `event` is a constant in the code ("request", "job.done"), never built from data;
 * `fields` are those of `logFields`, everything else is dropped; an error is reduced to what may be kept (P1).
 */
export type Log = {
  readonly debug: (event: string, fields?: LogFields) => void;
  readonly info: (event: string, fields?: LogFields) => void;
  readonly warn: (event: string, fields?: LogFields, error?: unknown) => void;
  /** News for whoever is on call: a bug, or something that needs a person. */
  readonly error: (event: string, fields?: LogFields, error?: unknown) => void;
  /** The same log with these fields on every line. */
  readonly with: (fields: LogFields) => Log;
};

export type LogOptions = {
  readonly level: LogLevel;
  readonly program: string;
  /** Where lines go; standard output unless a test catches them. */
  readonly destination?: DestinationStream;
};

/** JSON lines through pino, one per event. */
export function openLog({ level, program, destination }: LogOptions): Log {
  const sink = pino(
    { level, base: { program, pid: process.pid }, messageKey: "event", timestamp: pino.stdTimeFunctions.isoTime },
    destination ?? pino.destination({ fd: 1, sync: false }),
  );
  return logOn(sink, {});
}

/** A log that says nothing, for tests that do not look at it. */
export const silentLog: Log = openLog({ level: "silent", program: "test", destination: { write: () => undefined } });

type Sink = {
  readonly debug: (line: object, event: string) => void;
  readonly info: (line: object, event: string) => void;
  readonly warn: (line: object, event: string) => void;
  readonly error: (line: object, event: string) => void;
  readonly isLevelEnabled: (level: string) => boolean;
};

function logOn(sink: Sink, base: LogFields): Log {
  const line = (fields: LogFields | undefined, error?: unknown): object => ({
    ...allowed(base),
    ...(fields === undefined ? {} : allowed(fields)),
    ...(error === undefined ? {} : { error: describeError(error) }),
  });
  return {
    debug: (event, fields) => {
      if (sink.isLevelEnabled("debug")) sink.debug(line(fields), event);
    },
    info: (event, fields) => {
      if (sink.isLevelEnabled("info")) sink.info(line(fields), event);
    },
    warn: (event, fields, error) => {
      if (sink.isLevelEnabled("warn")) sink.warn(line(fields, error), event);
    },
    error: (event, fields, error) => {
      if (sink.isLevelEnabled("error")) sink.error(line(fields, error), event);
    },
    with: (fields) => logOn(sink, { ...base, ...fields }),
  };
}

const known: ReadonlySet<string> = new Set<LogField>(logFields);

function allowed(fields: LogFields): Record<string, LogValue> {
  const clean: Record<string, LogValue> = {};
  for (const [field, value] of Object.entries(fields)) {
    if (!known.has(field) || value === undefined) continue;
    clean[field] = plain(value);
  }
  return clean;
}

/** Short words (ids, states, route patterns) pass as they are: almost every value is one, and it is the hot path. */
const plainText = /^[a-z][a-z0-9_./:*-]{0,63}$|^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$|^MO-[0-9A-Z-]{1,40}$/;

/** A route's pattern, which holds the names of what varies and never the values. */
const routePattern = /^(?:\/(?:[a-z0-9.-]{1,30}|:[A-Za-z]{1,30}|\*))+$/;

function plain(value: LogValue): LogValue {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "string") return plainText.test(value) || routePattern.test(value) ? value : scrub(value);
  if (typeof value === "number" || typeof value === "boolean" || value === null) return value;
  return undefined;
}
