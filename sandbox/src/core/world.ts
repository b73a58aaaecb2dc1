import type { DatabaseSync } from "node:sqlite";

import { clearDatabase, makeAtomically, openDatabase, openSettings, type Settings } from "#core/database.ts";
import { openFaults, type Faults } from "#core/faults.ts";
import { openRecords, type Records } from "#core/records.ts";
import { openWebhooks, type Webhooks } from "#core/webhooks.ts";

/** What every part stands on: one state file, one clock, one set of faults, one ledger, one postman. */
export type World = {
  readonly db: DatabaseSync;
  readonly settings: Settings;
  /** Where Muse's API is, without a trailing slash. */
  readonly appUrl: string;
  readonly faults: Faults;
  readonly records: Records;
  readonly webhooks: Webhooks;
  /** Milliseconds since 1970. */
  now(): number;
  /**
   * Runs synchronous work as one transaction (joins an outer one). Use it round every change: it is also what makes
   * it fast.
   */
  atomically<T>(work: () => T): T;
  /** Called after `POST /reset` has emptied every table: forget caches, sow the first rows again. */
  onReset(listener: () => void): void;
  /** Called when the sandbox stops, before the database closes: clear timers. */
  onClose(listener: () => void): void;
  reset(): void;
  close(): void;
};

export type WorldOptions = { readonly dataFile: string; readonly appUrl: string };

export function openWorld(options: WorldOptions): World {
  const db = openDatabase(options.dataFile);
  const appUrl = options.appUrl.replace(/\/+$/, "");
  const now = (): number => Date.now();
  const settings = openSettings(db);
  const faults = openFaults(settings);
  const records = openRecords(db, now);
  const webhooks = openWebhooks({ db, settings, faults, appUrl, now });
  const atomically = makeAtomically(db);
  const resetListeners: (() => void)[] = [];
  const closeListeners: (() => void)[] = [];

  return {
    db,
    settings,
    appUrl,
    faults,
    records,
    webhooks,
    now,
    atomically,
    onReset: (listener) => void resetListeners.push(listener),
    onClose: (listener) => void closeListeners.push(listener),
    reset() {
      atomically(() => {
        clearDatabase(db);
        faults.clear();
        webhooks.forget();
        for (const listener of resetListeners) listener();
      });
    },
    close() {
      for (const listener of closeListeners) listener();
      webhooks.close();
      db.close();
    },
  };
}
