import type pg from "pg";

/** Lets time pass for the database alone. */
export type Clock = {
  /**
   * Moves everything that is written down so many seconds into the past, which is to say: so much time goes by while
   * nobody does anything. Refuses while somebody does. @returns whether it did
   */
  readonly pass: (seconds: number, isBusy: BusyWorker) => Promise<boolean>;
};

/** Attempts of these workers are under way in a living process, whose own deadline does not move with ours. */
export type BusyWorker = { readonly workerPids: readonly number[] };

/** Goods and people have no deadlines that a checkout waits for. */
const leftAlone = ["catalog", "store", "account", "quote", "migrate", "information_schema"];

const columnsText = `
  select format('%I.%I', c.table_schema, c.table_name) as name, array_agg(c.column_name::text) as columns
  from information_schema.columns c
  join information_schema.tables t using (table_schema, table_name)
  where c.data_type = 'timestamp with time zone' and t.table_type = 'BASE TABLE'
    and c.table_schema <> all ($1) and c.table_schema not like 'pg\\_%'
  group by 1 order by 1`;

export async function openClock(database: pg.Client): Promise<Clock> {
  const { rows } = await database.query<{ name: string; columns: string[] }>(columnsText, [leftAlone]);
  const names = rows.map(({ name }) => name).join(", ");
  const moves = (seconds: number): string =>
    rows
      .map(({ name, columns }) => {
        const sets = columns.map((column) => `"${column}" = "${column}" - interval '${seconds} s'`);
        return `update ${name} set ${sets.join(", ")};`;
      })
      .join("\n");

  return {
    pass: async (seconds, { workerPids }) => {
      try {
        await database.query("begin");
        // Given up long before the server would look for a deadlock: nobody but us may be the one to lose.
        await database.query("set local lock_timeout = '60ms'; set local session_replication_role = replica");
        await database.query(`lock table ${names} in share row exclusive mode`);
        const { rowCount } = await database.query(
          "select from placement.attempt a where a.status = 'started' and split_part(a.worker_id, ':', 2) = any ($1)",
          [workerPids.map(String)],
        );
        if (rowCount !== 0) {
          await database.query("rollback");
          return false;
        }
        await database.query(moves(seconds));
        await database.query("commit");
        return true;
      } catch {
        await database.query("rollback");
        return false;
      }
    },
  };
}
