import type { System } from "./system.ts";
import { runClosedLoop, type LoopResult } from "./closed-loop.ts";
import type { DatabaseMeter, DatabaseReading, DatabaseUse } from "./database-meter.ts";
import { readMachine, readPostgres, readProcess, type MachineUse, type ProcessUse } from "./process-meter.ts";
import { newShopper } from "./shopper.ts";

export const meteredPrograms = ["postgres", "api", "worker", "sandbox", "load"] as const;
export type MeteredProgram = (typeof meteredPrograms)[number];

export type CheckoutLoad = {
  readonly shoppers: number;
  readonly seconds: number;
  /** Sessions completed with both orders placed inside the measured time, by the database's clock. */
  readonly completed: number;
  readonly perSecond: number;
  readonly latency: LoopResult<unknown>["latency"];
  readonly errors: LoopResult<unknown>["errors"];
  readonly database: DatabaseUse;
  readonly programs: Readonly<
    Record<MeteredProgram, { readonly cpuMs: number; readonly memoryMb: number; readonly memoryPeakMb: number }>
  >;
  readonly machine: MachineUse;
  /** Milliseconds from the beginning of the commit that paid to the claim of the order's attempt. */
  readonly commitToPlacement: { readonly p50: number; readonly p90: number; readonly p99: number };
};

export type LoadOptions = {
  readonly shoppers: number;
  readonly seconds: number;
  readonly sendsKeys: boolean;
};

/** Not counted: connections, plans and compiled code come into being. */
const warmupMs = 3_000;

type Mark = {
  readonly database: DatabaseReading;
  readonly programs: Readonly<Record<MeteredProgram, ProcessUse>>;
  readonly machine: MachineUse;
};

/** Closed-loop shoppers without think time, each checkout a new visitor's. */
export async function runCheckoutLoad(
  system: System,
  meter: DatabaseMeter,
  options: LoadOptions,
): Promise<CheckoutLoad> {
  const people = Array.from({ length: options.shoppers }, () =>
    newShopper({ apiUrl: system.apiUrl, catalogue: system.catalogue, sendsKeys: options.sendsKeys }),
  );
  const { start, end, seconds, latency, errors } = await runClosedLoop<Mark>({
    workers: options.shoppers,
    warmupMs,
    measureMs: options.seconds * 1_000,
    turn: async (worker) => (await people[worker]?.checkOut()) ?? { ms: {}, error: "no shopper" },
    mark: async () => ({ database: await meter.read(), programs: readPrograms(system), machine: readMachine() }),
  });
  for (const person of people) await person.close();
  const { completed, ...commitToPlacement } = await countCompleted(meter, start.database.at, end.database.at);
  return {
    shoppers: options.shoppers,
    seconds,
    completed,
    perSecond: completed / ((end.database.at.getTime() - start.database.at.getTime()) / 1000),
    latency,
    errors,
    database: await meter.between(start.database, end.database),
    programs: usedBetween(start, end),
    machine: {
      busyMs: end.machine.busyMs - start.machine.busyMs,
      idleMs: end.machine.idleMs - start.machine.idleMs,
      stealMs: end.machine.stealMs - start.machine.stealMs,
    },
    commitToPlacement,
  };
}

function readPrograms(system: System): Record<MeteredProgram, ProcessUse> {
  const { api, worker, sandbox } = system.programs();
  return {
    postgres: readPostgres(system.postmasterPid),
    api: readProcess(api.pid),
    worker: readProcess(worker.pid),
    sandbox: readProcess(sandbox.pid),
    load: readProcess(process.pid),
  };
}

function usedBetween(start: Mark, end: Mark): CheckoutLoad["programs"] {
  const of = (name: MeteredProgram) => ({
    ...end.programs[name],
    cpuMs: end.programs[name].cpuMs - start.programs[name].cpuMs,
  });
  return { postgres: of("postgres"), api: of("api"), worker: of("worker"), sandbox: of("sandbox"), load: of("load") };
}

async function countCompleted(meter: DatabaseMeter, from: Date, until: Date) {
  const { rows } = await meter.client.query<Record<"completed" | "p50" | "p90" | "p99", string | null>>(
    `with done as (
       select s.session_id, s.paid_at from checkout.session s join orders.store_order o using (session_id)
       where s.status = 'completed' and s.finished_at >= $1 and s.finished_at < $2
       group by s.session_id
       having count(*) = 2 and bool_and(o.status = 'placed')
     ), claimed as (
       select extract(epoch from min(a.started_at) - d.paid_at) * 1000 as ms
       from done d join placement.placement p using (session_id) join placement.attempt a using (order_number)
       group by p.order_number, d.paid_at
     )
     select (select count(*) from done) as completed,
       percentile_disc(0.5) within group (order by c.ms) as p50, percentile_disc(0.9) within group (order by c.ms) as p90,
       percentile_disc(0.99) within group (order by c.ms) as p99
     from claimed c`,
    [from, until],
  );
  const [row] = rows;
  return { completed: Number(row?.completed), p50: Number(row?.p50), p90: Number(row?.p90), p99: Number(row?.p99) };
}
