import pg from "pg";

/** What the database has counted so far; the difference of two readings is what happened in between. */
export type DatabaseReading = {
  readonly at: Date;
  /** Transactions that ended well, those that only read included. */
  readonly transactions: number;
  readonly rollbacks: number;
  readonly walPosition: string;
  readonly walFsyncs: number;
};

export type DatabaseUse = {
  readonly transactions: number;
  readonly rollbacks: number;
  /** Commit records in the write-ahead log: transactions that changed something, or rang (NOTIFY). */
  readonly writeCommits: number;
  readonly walBytes: number;
  /** Waits for the disk; one serves all commits that wait at that moment. */
  readonly walFsyncs: number;
};

export type DatabaseMeter = {
  readonly read: () => Promise<DatabaseReading>;
  readonly between: (start: DatabaseReading, end: DatabaseReading) => Promise<DatabaseUse>;
  readonly client: pg.Client;
  readonly close: () => Promise<void>;
};

/** A connection of the bench's own, which is counted too: some transactions a load. */
export async function openDatabaseMeter(connectionString: string): Promise<DatabaseMeter> {
  const client = new pg.Client({ connectionString, application_name: "muse bench" });
  await client.connect();
  await client.query("create extension if not exists pg_walinspect");
  return {
    client,
    close: async () => await client.end(),
    read: async () => {
      const { rows } = await client.query<Record<keyof DatabaseReading, unknown>>(`
        select clock_timestamp() as "at", d.xact_commit as transactions, d.xact_rollback as rollbacks,
          pg_current_wal_flush_lsn()::text as "walPosition",
          (select sum(io.fsyncs) from pg_stat_io io where io.object = 'wal') as "walFsyncs"
        from pg_stat_database d where d.datname = current_database()`);
      const row = rows[0];
      return {
        at: row?.at as Date,
        transactions: Number(row?.transactions),
        rollbacks: Number(row?.rollbacks),
        walPosition: String(row?.walPosition),
        walFsyncs: Number(row?.walFsyncs),
      };
    },
    between: async (start, end) => {
      const { rows } = await client.query<{ commits: string | null; bytes: string | null }>(
        `select sum(w.count) filter (where w."resource_manager/record_type" like 'Transaction/COMMIT%') as commits,
           $2::pg_lsn - $1::pg_lsn as bytes
         from pg_get_wal_stats($1, $2, true) w`,
        [start.walPosition, end.walPosition],
      );
      return {
        transactions: end.transactions - start.transactions,
        rollbacks: end.rollbacks - start.rollbacks,
        writeCommits: Number(rows[0]?.commits ?? 0),
        walBytes: Number(rows[0]?.bytes ?? 0),
        walFsyncs: end.walFsyncs - start.walFsyncs,
      };
    },
  };
}
