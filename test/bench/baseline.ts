import pg from "pg";
import { readCheckoutRows, type CheckoutRows, type TableRows } from "./checkout-rows.ts";
import { runClosedLoop, type Turn } from "./closed-loop.ts";
import type { Latency } from "./latency.ts";
import { readMachine } from "./process-meter.ts";

/** How the rows of one checkout are written when nothing else has to be done. */
export const baselineWays = ["statements", "function", "one row"] as const;
export type BaselineWay = (typeof baselineWays)[number];

export type BaselineResult = {
  readonly way: BaselineWay;
  readonly connections: number;
  readonly perSecond: number;
  readonly latency: Latency;
  /** Of the machine's processors, what was busy while this was measured, the bench itself included. */
  readonly busyShare: number;
};

export type BaselineOptions = {
  readonly databaseUrl: string;
  readonly connections: readonly number[];
  readonly seconds: number;
};

/**
 * What PostgreSQL alone can do, on the same server and disk: the rows of a real checkout written once, in their final
 * state, by one transaction of as many statements as there are tables, or by one call of a function; and a one-row
 * commit.
 * The tables are copies with all indexes and checks, but without triggers and foreign keys.
 */
export async function runBaseline({ databaseUrl, connections, seconds }: BaselineOptions): Promise<BaselineResult[]> {
  const admin = new pg.Client({ connectionString: databaseUrl });
  await admin.connect();
  try {
    const rows = await readCheckoutRows(admin);
    if (rows === null) throw new Error("no checkout was completed, so there are no rows to write");
    await makeTables(admin, rows);
    const results: BaselineResult[] = [];
    for (const way of baselineWays) {
      for (const count of connections) results.push(await measure({ databaseUrl, rows, way, count, seconds }));
    }
    return results;
  } finally {
    await admin.end();
  }
}

type Measure = {
  readonly databaseUrl: string;
  readonly rows: CheckoutRows;
  readonly way: BaselineWay;
  readonly count: number;
  readonly seconds: number;
};

async function measure({ databaseUrl, rows, way, count, seconds }: Measure): Promise<BaselineResult> {
  const clients = Array.from({ length: count }, () => new pg.Client({ connectionString: databaseUrl }));
  for (const client of clients) await client.connect();
  const write = writers(rows)[way];
  try {
    const result = await runClosedLoop({
      workers: count,
      warmupMs: 1_000,
      measureMs: seconds * 1_000,
      mark: () => Promise.resolve(readMachine()),
      turn: async (worker): Promise<Turn> => {
        const client = clients[worker];
        if (client === undefined) return { ms: {}, error: "no connection" };
        const startedMs = performance.now();
        await write(client);
        return { ms: { whole: performance.now() - startedMs }, error: null };
      },
    });
    const none = { count: 0, p50: 0, p90: 0, p99: 0, max: 0 };
    const [busyMs, idleMs] = [result.end.busyMs - result.start.busyMs, result.end.idleMs - result.start.idleMs];
    return {
      way,
      connections: count,
      perSecond: result.completed / result.seconds,
      latency: result.latency["whole"] ?? none,
      busyShare: busyMs / (busyMs + idleMs),
    };
  } finally {
    for (const client of clients) await client.end();
  }
}

async function makeTables(admin: pg.Client, { tables }: CheckoutRows): Promise<void> {
  await admin.query("drop schema if exists baseline cascade");
  await admin.query("create schema baseline");
  for (const { table } of tables) await admin.query(`create table ${copyOf(table)} (like ${table} including all)`);
  await admin.query("create table baseline.stock (like inventory.stock including all) with (fillfactor = 70)");
  await admin.query("insert into baseline.stock select * from inventory.stock");
  await admin.query(
    "create table baseline.one_row (id bigint generated always as identity primary key, at timestamptz not null default now())",
  );
  await admin.query(`create function baseline.write(v text[], variant_ids text[], quantities int[]) returns void language plpgsql as $$
    begin ${functionBody(tables)} end $$`);
  await admin.query("analyze baseline.stock");
}

function copyOf(table: string): string {
  return `baseline.${table.replaceAll('"', "").replace(".", "_")}`;
}

const sellText = `update baseline.stock s set on_hand = s.on_hand - w.quantity, updated_at = now()
  from unnest($1::text[], $2::int[]) as w (variant_id, quantity) where s.variant_id = w.variant_id`;

function functionBody(tables: readonly TableRows[]): string {
  let place = 0;
  const inserts = tables.map((each) => insertText(each, (type) => `v[${(place += 1)}]::${type}`));
  return [...inserts, sellText.replace("$1::text[]", "variant_ids").replace("$2::int[]", "quantities")]
    .map((text) => `${text};`)
    .join("\n");
}

function insertText({ table, columns, types, rows }: TableRows, value: (type: string) => string): string {
  const tuples = rows.map(() => `(${types.map(value).join(", ")})`);
  return `insert into ${copyOf(table)} (${columns.join(", ")}) values ${tuples.join(", ")}`;
}

function writers({
  tables,
  ids,
  sold,
}: CheckoutRows): Readonly<Record<BaselineWay, (client: pg.Client) => Promise<void>>> {
  const inserts = tables.map((each) => {
    let place = 0;
    const text = insertText(each, (type) => `$${(place += 1)}::${type}`);
    return { name: `baseline.${each.table}`, text, values: each.rows.flat().map((value) => freshener(value, ids)) };
  });
  const all = inserts.flatMap(({ values }) => values);
  const sell = { name: "baseline.sell", text: sellText, values: [sold.variantIds, sold.quantities] };
  return {
    statements: async (client) => {
      const id = nextId();
      await client.query("begin");
      for (const { name, text, values } of inserts)
        await client.query({ name, text, values: values.map((fresh) => fresh(id)) });
      await client.query({ ...sell, values: stockOf(id, sell.values) });
      await client.query("commit");
    },
    function: async (client) => {
      const id = nextId();
      const values = [all.map((fresh) => fresh(id)), ...stockOf(id, sell.values)];
      await client.query({ name: "baseline.write", text: "select baseline.write($1, $2, $3)", values });
    },
    "one row": async (client) => {
      await client.query({ name: "baseline.one_row", text: "insert into baseline.one_row default values", values: [] });
    },
  };
}

let count = 0;

function nextId(): number {
  count += 1;
  return count;
}

/** The template's value with its ids made another checkout's. What holds no id is handed out as it is. */
function freshener(value: string | null, ids: readonly string[]): (id: number) => string | null {
  if (value === null || !ids.some((id) => value.includes(id))) return () => value;
  // Each id ends in the number, so that ids stay apart and of nearly the same length.
  const pieces = value.split(new RegExp(`(${ids.map(escaped).join("|")})`));
  const known = new Set(ids);
  return (id) =>
    pieces
      .map((piece) =>
        known.has(piece) ? `${piece.slice(0, -7)}${piece.slice(-2)}${id.toString(36).padStart(5, "0")}` : piece,
      )
      .join("");
}

function escaped(text: string): string {
  return text.replaceAll(/[^\w-]/g, String.raw`\$&`);
}

/** Other goods each time, as shoppers choose them: the benches' variants are numbered. */
function stockOf(id: number, [variantIds, quantities]: readonly (readonly (string | number)[])[]): unknown[] {
  const moved = (variantIds ?? []).map((variantId, index) => {
    const number = (id * 7 + index * 131) % productsPerStore;
    return String(variantId).replace(/-\d+-(\d)$/, `-${number}-$1`);
  });
  return [moved, quantities];
}

const productsPerStore = 1_250;
