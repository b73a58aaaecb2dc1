import type { World } from "#core/world.ts";

export type TimerAction = "settle_bank_payment" | "settle_refund" | "fail_refund" | "open_dispute";

export type Timers = {
  /** Something that Stripe will do by itself in a while; kept over restarts. */
  schedule(action: TimerAction, objectId: string): void;
  /** Who does it. Called once, when everything is in place. */
  start(run: (action: TimerAction, objectId: string) => void): void;
  /** Does whatever waits for this object now; false when nothing did. */
  hurry(objectId: string): boolean;
  delayMs(): number;
  setDelayMs(delayMs: number): void;
};

const delayKey = "stripe_settle_ms";
/** What takes a bank days takes the sandbox three seconds. */
const delayMsDefault = 3_000;
const pollMs = 250;

export function openTimers(world: World): Timers {
  const { db, settings } = world;
  db.exec(`create table if not exists stripe_timer (
    seq integer primary key autoincrement, due_ms integer not null, action text not null, object_id text not null)`);
  const insert = db.prepare("insert into stripe_timer (due_ms, action, object_id) values (?, ?, ?)");
  const selectDue = db.prepare(
    "select seq, action, object_id from stripe_timer where due_ms <= ? order by due_ms, seq limit 100",
  );
  const selectFor = db.prepare("select seq, action, object_id from stripe_timer where object_id = ? order by seq");
  const remove = db.prepare("delete from stripe_timer where seq = ?");
  const next = db.prepare("select min(due_ms) as due_ms from stripe_timer");
  let run: ((action: TimerAction, objectId: string) => void) | undefined;
  let waiting: NodeJS.Timeout | undefined;

  const delayMs = (): number => {
    const kept = settings.read(delayKey);
    return typeof kept === "number" ? kept : delayMsDefault;
  };
  const fire = (row: Record<string, unknown>): void => {
    world.atomically(() => {
      remove.run(Number(row["seq"]));
      run?.(String(row["action"]) as TimerAction, String(row["object_id"]));
    });
  };
  const wake = (): void => {
    waiting = undefined;
    for (const row of selectDue.all(world.now())) fire(row);
    arm();
  };
  const arm = (): void => {
    if (waiting !== undefined || run === undefined) return;
    const dueMs = next.get()?.["due_ms"];
    if (typeof dueMs !== "number") return;
    waiting = setTimeout(wake, Math.min(Math.max(dueMs - world.now(), 0), pollMs));
    waiting.unref();
  };

  world.onClose(() => clearTimeout(waiting));
  return {
    schedule(action, objectId) {
      insert.run(world.now() + delayMs(), action, objectId);
      arm();
    },
    start(runner) {
      run = runner;
      arm();
    },
    hurry(objectId) {
      const rows = selectFor.all(objectId);
      for (const row of rows) fire(row);
      return rows.length > 0;
    },
    delayMs,
    setDelayMs: (given) => settings.write(delayKey, given),
  };
}
