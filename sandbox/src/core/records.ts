import type { DatabaseSync, SQLOutputValue } from "node:sqlite";

/** One thing that really happened in the outside world. `at` is ISO 8601 in UTC, `seq` rises without reuse. */
export type WorldRecord = {
  readonly seq: number;
  readonly at: string;
  readonly part: string;
  readonly kind: string;
  readonly key: string;
  readonly data: unknown;
};

export type RecordFilter = {
  readonly part?: string | undefined;
  readonly kind?: string | undefined;
  /** Only records with a higher `seq`. */
  readonly since?: number | undefined;
  readonly limit?: number | undefined;
};

/** `sum` adds `amount` (or `totalCents`) over all currencies; `sums` has it by currency ("" where none was given). */
export type RecordCount = {
  readonly count: number;
  readonly sum: number;
  readonly sums: Readonly<Record<string, number>>;
};
export type RecordSummary = Readonly<Record<string, Readonly<Record<string, RecordCount>>>>;

export type Records = {
  append(part: string, kind: string, key: string, data: Readonly<Record<string, unknown>>): void;
  list(filter: RecordFilter): readonly WorldRecord[];
  summary(): RecordSummary;
  clear(): void;
};

const limitMax = 100_000;

/** The ledger of the outside world, held against Muse's database by whoever audits it. */
export function openRecords(db: DatabaseSync, now: () => number): Records {
  db.exec(`create table if not exists record (
    seq integer primary key autoincrement, at_ms integer not null, part text not null, kind text not null, key text not null,
    amount integer not null, currency text not null, data text not null)`);
  const insert = db.prepare(
    "insert into record (at_ms, part, kind, key, amount, currency, data) values (?, ?, ?, ?, ?, ?, ?)",
  );
  const select = db.prepare(`select seq, at_ms, part, kind, key, data from record
    where seq > ? and (? is null or part = ?) and (? is null or kind = ?) order by seq limit ?`);
  const count = db.prepare(
    `select part, kind, currency, count(*) as count, sum(amount) as sum from record group by part, kind, currency`,
  );

  return {
    append(part, kind, key, data) {
      const currency = data["currency"];
      insert.run(
        now(),
        part,
        kind,
        key,
        amountOf(data),
        typeof currency === "string" ? currency.toLowerCase() : "",
        JSON.stringify(data),
      );
    },
    list(filter) {
      const part = filter.part ?? null;
      const kind = filter.kind ?? null;
      const limit = Math.min(filter.limit ?? 1000, limitMax);
      return select.all(filter.since ?? 0, part, part, kind, kind, limit).map(toRecord);
    },
    summary() {
      const parts: Record<string, Record<string, RecordCount>> = {};
      for (const row of count.all()) {
        const kinds = (parts[String(row["part"])] ??= {});
        const before = kinds[String(row["kind"])] ?? { count: 0, sum: 0, sums: {} };
        const sum = Number(row["sum"]);
        kinds[String(row["kind"])] = {
          count: before.count + Number(row["count"]),
          sum: before.sum + sum,
          sums: { ...before.sums, [String(row["currency"])]: sum },
        };
      }
      return parts;
    },
    clear() {
      db.exec("delete from record");
    },
  };
}

function amountOf(data: Readonly<Record<string, unknown>>): number {
  const amount = data["amount"] ?? data["totalCents"];
  return typeof amount === "number" ? amount : 0;
}

function toRecord(row: Record<string, SQLOutputValue>): WorldRecord {
  return {
    seq: Number(row["seq"]),
    at: new Date(Number(row["at_ms"])).toISOString(),
    part: String(row["part"]),
    kind: String(row["kind"]),
    key: String(row["key"]),
    data: JSON.parse(String(row["data"])),
  };
}
