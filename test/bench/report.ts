import type { BaselineResult } from "./baseline.ts";
import { meteredPrograms, type CheckoutLoad } from "./checkout-load.ts";
import type { ProgramTrips, Trips } from "./count-trips.ts";
import type { Latency } from "./latency.ts";
import { checkoutSteps } from "./shopper.ts";

export type Say = (line: string) => void;

/** Right-aligned columns; the first is left-aligned. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const texts = rows.map((row) => row.map((cell) => (typeof cell === "number" ? short(cell) : cell)));
  const widths = (texts[0] ?? []).map((_, column) => Math.max(...texts.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ");
  return texts.map(line).join("\n");
}

export function short(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString("en-US");
  return value.toLocaleString("en-US", {
    maximumFractionDigits: Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0,
  });
}

export function sayLoad(load: CheckoutLoad, say: Say): void {
  const { completed, shoppers, seconds, latency, database, programs, machine, commitToPlacement: placing } = load;
  const each = (total: number): number => total / Math.max(1, completed);
  say(`\n── ${shoppers} shopper${shoppers === 1 ? "" : "s"}, ${short(seconds)} s ──`);
  say(`${short(load.perSecond)} completed checkouts/s (${completed} counted in the database)`);
  say(table([["ms", "p50", "p90", "p99", "max"], ...checkoutSteps.map((step) => latencyRow(step, latency[step]))]));
  say(
    `commit of the payment → attempt at the store: p50 ${short(placing.p50)}, p90 ${short(placing.p90)}, p99 ${short(placing.p99)} ms`,
  );
  say(
    `each: ${short(each(database.transactions))} transactions (reads included, ${database.rollbacks} rolled back in all), ` +
      `${short(each(database.writeCommits))} commits that wrote, ${short(each(database.walFsyncs))} waits for the disk, ` +
      `${short(each(database.walBytes) / 1024)} KiB of log`,
  );
  say(
    table([
      ["", ...meteredPrograms],
      ["CPU ms per checkout", ...meteredPrograms.map((name) => each(programs[name].cpuMs))],
      ["cores busy", ...meteredPrograms.map((name) => programs[name].cpuMs / (seconds * 1000))],
      ["memory MB", ...meteredPrograms.map((name) => Math.round(programs[name].memoryMb))],
      ["memory MB at most", ...meteredPrograms.map((name) => Math.round(programs[name].memoryPeakMb))],
    ]),
  );
  const all = machine.busyMs + machine.idleMs + machine.stealMs;
  const percent = (ms: number): string => `${short(Math.max(0, ms / all) * 100)} %`;
  const ours = meteredPrograms.reduce((sum, name) => sum + programs[name].cpuMs, 0);
  say(
    `machine: ${percent(ours)} busy with these, ${percent(machine.busyMs - ours)} with anything else, ` +
      `${percent(machine.idleMs)} idle, ${percent(machine.stealMs)} stolen by its host`,
  );
  const errors = Object.entries(load.errors);
  say(errors.length === 0 ? "no errors" : `ERRORS: ${errors.map(([code, count]) => `${count} × ${code}`).join("; ")}`);
}

function latencyRow(step: string, latency: Latency | undefined): (string | number)[] {
  const { p50, p90, p99, max } = latency ?? { p50: 0, p90: 0, p99: 0, max: 0 };
  return [step, p50, p90, p99, max];
}

export function sayTrips(trips: Trips, say: Say): void {
  say(`\n── Round trips (${trips.checkouts} checkouts one after the other, idle polling taken off) ──`);
  const { api, worker } = trips.perCheckout;
  say(
    table([
      ["per checkout", "api", "worker", "both"],
      ["round trips", api.roundTrips, worker.roundTrips, api.roundTrips + worker.roundTrips],
      ["KiB sent", api.bytesSent / 1024, worker.bytesSent / 1024, (api.bytesSent + worker.bytesSent) / 1024],
      [
        "KiB received",
        api.bytesReceived / 1024,
        worker.bytesReceived / 1024,
        (api.bytesReceived + worker.bytesReceived) / 1024,
      ],
    ]),
  );
  say(`commits that wrote: ${short(trips.writeCommits)}, ${short(trips.walBytes / 1024)} KiB of log`);
  say(
    `idle: ${short(trips.idlePerSecond.api)} round trips/s by the api, ${short(trips.idlePerSecond.worker)} by the worker`,
  );
  for (const [program, { statements }] of Object.entries<ProgramTrips>(trips.perCheckout)) {
    say(
      `  ${program}: ${Object.entries(statements)
        .map(([name, runs]) => `${name} ${short(runs)}`)
        .join(", ")}`,
    );
  }
}

export function sayBaseline(results: readonly BaselineResult[], loads: readonly CheckoutLoad[], say: Say): void {
  say("\n── PostgreSQL alone, on the same server: the rows of one checkout ──");
  const names = {
    statements: "one transaction, a statement per table",
    function: "one function call",
    "one row": "a one-row commit",
  };
  const bestOf = (connections: number): number =>
    loads.find(({ shoppers }) => shoppers === connections)?.perSecond ?? 0;
  say(
    table([
      ["", "connections", "per second", "p50 ms", "p99 ms", "machine busy", "Muse's share"],
      ...results.map(({ way, connections, perSecond, latency, busyShare }) => [
        names[way],
        connections,
        perSecond,
        latency.p50,
        latency.p99,
        `${Math.round(busyShare * 100)} %`,
        bestOf(connections) === 0 ? "" : `${short((bestOf(connections) / perSecond) * 100)} %`,
      ]),
    ]),
  );
}
