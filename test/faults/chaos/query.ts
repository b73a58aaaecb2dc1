import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";

/** Reads and writes past the API, as whoever looks on; PostgreSQL being away for a while is no failure. */
export type Query = <Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<Row[]>;

/** Recovery after a crash takes a second or two, on a busy disk many. */
const patienceMs = 90_000;

export function openQuery(pool: pg.Pool): Query {
  return async <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row[]> => {
    const deadlineMs = performance.now() + patienceMs;
    for (;;) {
      try {
        return (await pool.query<Row>(text, [...values])).rows;
      } catch (error) {
        if (!isAway(error) || performance.now() > deadlineMs) throw error;
        await delay(100);
      }
    }
  };
}

/** SQLSTATE class 57P and 08: shutdown, crash, starting up. Without one: the connection itself. */
function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return code === "" || /^(57P|08|E[A-Z]+$)/.test(code);
}
