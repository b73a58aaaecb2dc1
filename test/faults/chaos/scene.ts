import { setTimeout as delay } from "node:timers/promises";
import type { Fault, Sandbox } from "../sandbox.ts";
import type { Postgres } from "./postgres.ts";
import type { Random } from "./random.ts";
import type { Shop } from "./shop.ts";
import type { System, Unit } from "./system.ts";

/** Something that was done to the system, for the story. */
export type Blow = { readonly atMs: number; readonly fault: string; readonly what: string };

/** While this lasts, calls to these programs may stay without an answer. */
export type Disturbance = { readonly units: readonly string[]; readonly beganMs: number; endedMs: number };

/** What those who break things have at hand. */
export type Scene = {
  readonly system: System;
  readonly postgres: Postgres;
  readonly shop: Shop;
  /** Sets rules of the sandbox for so long. */
  readonly trouble: (rules: readonly Fault[], ms: number) => Promise<void>;
  /** Says what is being done. */
  readonly note: (what: string) => void;
  /** Notes that these programs are disturbed for as long as `work` takes and a little longer. */
  readonly disturb: (units: readonly Unit[], work: () => Promise<void>) => Promise<void>;
};

/**
 * One way of breaking things. Files in `faults/` export them; a new one joins by being there. A strike undoes what it
 * did before it resolves: processes are back, lines are open, rules are gone.
 */
export type FaultKind = {
  readonly name: string;
  readonly tells: string;
  /** How often, against the others. */
  readonly weight: number;
  /** Hits nothing where nobody orders by browser. */
  readonly needsBrowsers?: true;
  readonly strike: (scene: Scene, random: Random) => Promise<void>;
};

export type Troubles = { readonly trouble: Scene["trouble"]; readonly clear: () => Promise<void> };

/**
 * The sandbox takes all its rules at once, so they are kept here, and what is left of their `times` is asked for before
 * each change.
 */
export function openTroubles(sandbox: Sandbox): Troubles {
  let turn: Promise<unknown> = Promise.resolve();
  let seed = 1;
  const inTurn = async (change: (rules: readonly Fault[]) => readonly Fault[]): Promise<void> => {
    const mine = turn.then(async () => {
      seed += 1;
      await sandbox.setFaults(change(await sandbox.faults()), seed);
    });
    turn = mine.catch(() => undefined);
    await mine;
  };
  return {
    trouble: async (rules, ms) => {
      await inTurn((known) => [...known, ...rules]);
      await delay(ms);
      const mine = rules.map(nameOf);
      await inTurn((known) => {
        const left = [...mine];
        return known.filter((rule) => {
          const place = left.indexOf(nameOf(rule));
          if (place !== -1) left.splice(place, 1);
          return place === -1;
        });
      });
    },
    clear: async () => await inTurn(() => []),
  };
}

/** All of a rule but how often it may still strike. */
function nameOf({ times: _times, ...rule }: Fault): string {
  return JSON.stringify(Object.entries(rule).sort(([a], [b]) => a.localeCompare(b)));
}
