import { z } from "zod";
import { unreachable } from "#kernel/assert.ts";
import type { Job } from "#platform/jobs/job.ts";
import { oneByOne, type Sweep } from "#platform/jobs/sweep.ts";
import type { Pool } from "#platform/db/pool.ts";
import type { Log } from "#platform/log/log.ts";
import {
  eventDone,
  eventFailed,
  eventsDue,
  eventsSettleKnown,
  eventTake,
  type EventTakeRow,
} from "./webhook.sql.gen.ts";

/** What became of an event; null means "not yet" (what it speaks of is not here yet) and it is tried again. */
export type EventOutcome = string | null;

export type EventEffects = {
  readonly stripe: (event: EventTakeRow) => Promise<EventOutcome>;
  readonly toss: (event: EventTakeRow) => Promise<EventOutcome>;
  readonly store: (event: EventTakeRow) => Promise<EventOutcome>;
};

export type ProcessDeps = { readonly db: Pool; readonly effects: EventEffects; readonly log: Log };

type EventName = { readonly source: string; readonly eventId: string };

/** Events closed by one statement: bounds how long it holds their rows. */
const knownMax = 500;

/** Events worked in one round; the next follows after a rest. */
const dueMax = 50;

/**
 * Works one stored event. Its effect asks the provider or moves a state machine that never goes back, so working it
 * twice, late or out of order changes nothing (W1).
 */
export async function processEvent({ db, effects, log }: ProcessDeps, name: EventName): Promise<EventOutcome> {
  const event = await eventTake(db, name);
  if (event === null) return "worked";
  try {
    const outcome = await effectOf(effects, event);
    if (outcome === null) {
      await eventFailed(db, { ...name, error: "what it speaks of is not here yet" });
      return null;
    }
    await eventDone(db, { ...name, outcome });
    log.info("event", { eventId: name.eventId, eventType: event.type, outcome });
    return outcome;
  } catch (error) {
    await eventFailed(db, { ...name, error: error instanceof Error ? error.name : "failed" });
    throw error;
  }
}

async function effectOf(effects: EventEffects, event: EventTakeRow): Promise<EventOutcome> {
  switch (event.source) {
    case "stripe":
      return await effects.stripe(event);
    case "store":
      return await effects.store(event);
    case "toss":
      return await effects.toss(event);
    default:
      return unreachable(event.source);
  }
}

export function webhookJobs(deps: ProcessDeps): Job[] {
  const payload = z.object({ source: z.string(), eventId: z.string() });
  return [
    {
      name: "webhook.process",
      run: async (raw) => {
        // One that came before what it speaks of is worked again by the sweep, ever later.
        await processEvent(deps, payload.parse(raw));
      },
    },
  ];
}

/**
 * Events that tell what is known by now are closed together; those that their job has lost are worked, ever more
 * slowly.
 */
export function webhookSweeps(deps: ProcessDeps): Sweep[] {
  return [
    {
      name: "webhook.settle_known",
      everyMs: 2_000,
      run: async () => {
        const { settled } = await eventsSettleKnown(deps.db, { countMax: knownMax });
        return { ...oneByOne(settled, 0), hasMore: settled === knownMax };
      },
    },
    {
      name: "webhook.due_events",
      everyMs: 5_000,
      run: async () => {
        const due = await eventsDue(deps.db, { countMax: BigInt(dueMax) });
        let failed = 0;
        for (const name of due) {
          await processEvent(deps, name).catch((error: unknown) => {
            failed += 1;
            deps.log.warn("event.failed", { eventId: name.eventId }, error);
          });
        }
        // Never "more at once": what failed now will not do better in the same second.
        return oneByOne(due.length, failed);
      },
    },
  ];
}
