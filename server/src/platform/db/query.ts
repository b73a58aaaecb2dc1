import pg from "pg";
import { assert, must } from "#kernel/assert.ts";

type Statement = {
  /** Makes it a server-side prepared statement: parsed and planned once per connection, not per call. */
  readonly name?: string;
  readonly text: string;
  readonly values: readonly unknown[];
  readonly rowMode: "array";
};

/** Anything that can run one statement: the pool, or an open transaction. */
export interface Db {
  query(statement: Statement): Promise<{ rows: unknown[][]; rowCount: number | null }>;
}

/** One row as the driver hands it over; only generated decoders, which Postgres has described, may read it. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Cells = any[];

type Decode<Row> = (row: Cells) => Row;

/** Runs a `:many` statement. */
export async function many<Row>(
  db: Db,
  name: string,
  text: string,
  values: readonly unknown[],
  decode: Decode<Row>,
): Promise<Row[]> {
  const result = await run(db, name, text, values);
  return result.rows.map(decode);
}

/** Runs a `:one` statement: exactly one row, anything else is a bug in it. */
export async function one<Row>(
  db: Db,
  name: string,
  text: string,
  values: readonly unknown[],
  decode: Decode<Row>,
): Promise<Row> {
  const { rows } = await run(db, name, text, values);
  assert(rows.length === 1, `${name}: expected 1 row, got ${rows.length}`);
  return decode(must(rows[0], name));
}

/** Runs an `:opt` statement: one row or none. */
export async function opt<Row>(
  db: Db,
  name: string,
  text: string,
  values: readonly unknown[],
  decode: Decode<Row>,
): Promise<Row | null> {
  const { rows } = await run(db, name, text, values);
  assert(rows.length <= 1, `${name}: expected at most 1 row, got ${rows.length}`);
  const [row] = rows;
  return row === undefined ? null : decode(row);
}

/** Runs an `:exec` statement and answers how many rows it touched. */
export async function exec(db: Db, name: string, text: string, values: readonly unknown[]): Promise<number> {
  const result = await run(db, name, text, values);
  return result.rowCount ?? 0;
}

/** An array of an enum arrives as `{a,b}`: the driver knows no array type it did not ship with. */
export function textArray(cell: unknown): Cells | null {
  if (cell === null || Array.isArray(cell)) return cell;
  assert(typeof cell === "string", "textArray: an array arrives as text");
  return parseTextArray(cell) as Cells;
}

const parseTextArray: (raw: string) => unknown = pg.types.getTypeParser(1009 as never, "text");

/** "cached plan must not change result type": a migration changed a column under a prepared statement. */
const stalePlan = "0A000";

/** A deadlock or a serialization failure rolled the statement back whole: as if it had never been sent. */
const lostStates = ["40P01", "40001"] as const;
const triesMax = 3;

async function run(
  db: Db,
  name: string,
  text: string,
  values: readonly unknown[],
): Promise<{ rows: unknown[][]; rowCount: number | null }> {
  for (let attempt = 1; ; attempt += 1) {
    countRoundTrip();
    try {
      return await db.query({ name, text, values, rowMode: "array" });
    } catch (error) {
      // In a transaction the statement cannot be repeated: the transaction is already lost, and `tx` begins it again.
      if (isInTransaction(db)) throw error;
      if (hasState(error, stalePlan)) break;
      if (attempt === triesMax || !lostStates.some((state) => hasState(error, state))) throw error;
    }
  }
  // The pool has closed that connection, but every other one may hold the same stale plan. Without a name the
  // statement is planned afresh wherever it lands, so one repetition is always enough.
  countRoundTrip();
  return await db.query({ text, values, rowMode: "array" });
}

/** Whether an error carries this SQLSTATE. */
export function hasState(error: unknown, state: string): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === state;
}

function isInTransaction(db: Db): boolean {
  return "inTransaction" in db && db.inTransaction === true;
}

let roundTripCount = 0;

/** How many statements this process has sent; the round trip is the unit of cost, so benchmarks read it. */
export function roundTrips(): number {
  return roundTripCount;
}

/** For `tx` alone, which sends its own begin and commit. */
export function countRoundTrip(): void {
  roundTripCount += 1;
}
