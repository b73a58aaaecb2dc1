import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

/**
 * Opens the sandbox's one state file (or ":memory:"). WAL with synchronous=OFF survives the death of any process,
 * which is what the sandbox must survive; only a crash of the machine could lose the last writes.
 */
export function openDatabase(dataFile: string): DatabaseSync {
  if (dataFile !== ":memory:") mkdirSync(dirname(dataFile), { recursive: true });
  const db = new DatabaseSync(dataFile);
  db.exec(`
    pragma journal_mode = wal;
    pragma synchronous = off;
    pragma temp_store = memory;
    pragma cache_size = -16000;
    pragma wal_autocheckpoint = 4000;
    create table if not exists setting (key text primary key, value text not null) without rowid;
  `);
  return db;
}

/** Runs synchronous work as one transaction; inside another one it simply joins it. A throw undoes the outermost. */
export function makeAtomically(db: DatabaseSync): <T>(work: () => T) => T {
  const begin = db.prepare("begin immediate");
  const commit = db.prepare("commit");
  const rollback = db.prepare("rollback");
  return <T>(work: () => T): T => {
    if (db.isTransaction) return work();
    begin.run();
    try {
      const result = work();
      commit.run();
      return result;
    } catch (cause) {
      if (db.isTransaction) rollback.run();
      throw cause;
    }
  };
}

/** Small values kept under a name: fault rules, webhook targets, a part's settings. JSON in, JSON out. */
export type Settings = {
  read(key: string): unknown;
  write(key: string, value: unknown): void;
  remove(key: string): void;
};

export function openSettings(db: DatabaseSync): Settings {
  const select = db.prepare("select value from setting where key = ?");
  const upsert = db.prepare(
    "insert into setting (key, value) values (?, ?) on conflict (key) do update set value = excluded.value",
  );
  const remove = db.prepare("delete from setting where key = ?");
  return {
    read(key) {
      const row = select.get(key);
      return row === undefined ? undefined : JSON.parse(String(row["value"]));
    },
    write(key, value) {
      upsert.run(key, JSON.stringify(value));
    },
    remove(key) {
      remove.run(key);
    },
  };
}

/** Empties every table of every part. */
export function clearDatabase(db: DatabaseSync): void {
  const tables = db.prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'").all();
  for (const table of tables) db.exec(`delete from "${String(table["name"])}"`);
}
