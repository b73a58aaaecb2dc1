// Generated from webhook.sql by tools/sqlgen.ts. Do not edit.
import { exec, many, one, opt, type Db } from "#platform/db/query.ts";

export type EventReceiveArgs = {
  readonly source: string;
  readonly eventId: string;
  readonly type: string;
  readonly storeId: string | null;
  readonly objectRef: string | null;
  readonly payload: string;
};
export type EventReceiveRow = {
  readonly outcome: string;
};
const eventReceiveText = `select webhook.receive_1(($1::text)::webhook.source, $2, $3, $4, $5, ($6::text)::jsonb) as "outcome!"`;
/** Stores an event once, with the job that works it, in one commit; what we know already is done on arrival. Locks nothing. */
export function eventReceive(db: Db, args: EventReceiveArgs): Promise<EventReceiveRow> {
  return one(db, "webhook.eventReceive", eventReceiveText, [args.source, args.eventId, args.type, args.storeId, args.objectRef, args.payload], (row): EventReceiveRow => ({
    outcome: row[0],
  }));
}

export type EventTakeArgs = {
  readonly source: string;
  readonly eventId: string;
};
export type EventTakeRow = {
  readonly source: "stripe" | "toss" | "store";
  readonly eventId: string;
  readonly type: string;
  readonly storeId: string | null;
  readonly objectRef: string | null;
  readonly payload: unknown;
  readonly receivedAt: Date;
  readonly tries: number;
};
const eventTakeText = `update webhook.inbox i set tries = i.tries + 1, work_at = now() + interval '30 s' * power(2, least(i.tries, 7))
where i.source = ($1::text)::webhook.source and i.event_id = $2 and i.processed_at is null
returning i.source, i.event_id, i.type, i.store_id, i.object_ref, i.payload, i.received_at, i.tries`;
/**
 * The event a job is to work, unless it was worked before. Counts the try and says when the sweep tries next, ever later.
 * Locks the event's row.
 */
export function eventTake(db: Db, args: EventTakeArgs): Promise<EventTakeRow | null> {
  return opt(db, "webhook.eventTake", eventTakeText, [args.source, args.eventId], (row): EventTakeRow => ({
    source: row[0],
    eventId: row[1],
    type: row[2],
    storeId: row[3],
    objectRef: row[4],
    payload: row[5],
    receivedAt: row[6],
    tries: row[7],
  }));
}

export type EventDoneArgs = {
  readonly outcome: string;
  readonly source: string;
  readonly eventId: string;
};
const eventDoneText = `update webhook.inbox i set processed_at = now(), outcome = $1, last_error = null
where i.source = ($2::text)::webhook.source and i.event_id = $3`;
/** An event took effect, or needed none. Locks the event's row. */
export function eventDone(db: Db, args: EventDoneArgs): Promise<number> {
  return exec(db, "webhook.eventDone", eventDoneText, [args.outcome, args.source, args.eventId]);
}

export type EventFailedArgs = {
  readonly error: string;
  readonly source: string;
  readonly eventId: string;
};
const eventFailedText = `update webhook.inbox i set last_error = $1
where i.source = ($2::text)::webhook.source and i.event_id = $3`;
/** An event could not be worked yet: for operators to see. Locks the event's row. */
export function eventFailed(db: Db, args: EventFailedArgs): Promise<number> {
  return exec(db, "webhook.eventFailed", eventFailedText, [args.error, args.source, args.eventId]);
}

export type EventsSettleKnownArgs = {
  readonly countMax: number;
};
export type EventsSettleKnownRow = {
  readonly settled: number;
};
const eventsSettleKnownText = `select webhook.settle_known_1($1) as "settled!"`;
/** Closes the events that tell of payments we have learned of by now. Locks their rows. */
export function eventsSettleKnown(db: Db, args: EventsSettleKnownArgs): Promise<EventsSettleKnownRow> {
  return one(db, "webhook.eventsSettleKnown", eventsSettleKnownText, [args.countMax], (row): EventsSettleKnownRow => ({
    settled: row[0],
  }));
}

export type EventsDueArgs = {
  readonly countMax: bigint;
};
export type EventsDueRow = {
  readonly source: "stripe" | "toss" | "store";
  readonly eventId: string;
};
const eventsDueText = `select i.source, i.event_id from webhook.inbox i
where i.processed_at is null and i.work_at <= now()
order by i.work_at limit $1`;
/** Events nobody has worked in time, whatever became of their job: the sweep works them again. Reads only. */
export function eventsDue(db: Db, args: EventsDueArgs): Promise<EventsDueRow[]> {
  return many(db, "webhook.eventsDue", eventsDueText, [args.countMax], (row): EventsDueRow => ({
    source: row[0],
    eventId: row[1],
  }));
}

export type EventListArgs = {
  readonly source: string | null;
  readonly isOpen: boolean | null;
  readonly countMax: bigint;
  readonly offset: bigint;
};
export type EventListRow = {
  readonly source: "stripe" | "toss" | "store";
  readonly eventId: string;
  readonly type: string;
  readonly storeId: string | null;
  readonly objectRef: string | null;
  readonly receivedAt: Date;
  readonly processedAt: Date | null;
  readonly outcome: string | null;
  readonly tries: number;
  readonly lastError: string | null;
};
const eventListText = `select i.source, i.event_id, i.type, i.store_id, i.object_ref, i.received_at, i.processed_at, i.outcome, i.tries, i.last_error
from webhook.inbox i
where ($1::text is null or i.source = ($1::text)::webhook.source)
  and ($2::boolean is null or ($2 and i.processed_at is null) or (not $2 and i.processed_at is not null))
order by i.received_at desc, i.event_id limit $3 offset $4`;
/** Events for operators, newest first, a page at a time by time and id. Reads only. */
export function eventList(db: Db, args: EventListArgs): Promise<EventListRow[]> {
  return many(db, "webhook.eventList", eventListText, [args.source, args.isOpen, args.countMax, args.offset], (row): EventListRow => ({
    source: row[0],
    eventId: row[1],
    type: row[2],
    storeId: row[3],
    objectRef: row[4],
    receivedAt: row[5],
    processedAt: row[6],
    outcome: row[7],
    tries: row[8],
    lastError: row[9],
  }));
}

export type EventReplayArgs = {
  readonly source: string;
  readonly eventId: string;
};
export type EventReplayRow = {
  readonly source: "stripe" | "toss" | "store";
  readonly eventId: string;
  readonly type: string;
  readonly storeId: string | null;
  readonly objectRef: string | null;
  readonly payload: unknown;
  readonly receivedAt: Date;
  readonly tries: number;
};
const eventReplayText = `update webhook.inbox i set processed_at = null, outcome = null
where i.source = ($1::text)::webhook.source and i.event_id = $2
returning i.source, i.event_id, i.type, i.store_id, i.object_ref, i.payload, i.received_at, i.tries`;
/** An operator wants an event worked again: it is open once more. Locks the event's row. */
export function eventReplay(db: Db, args: EventReplayArgs): Promise<EventReplayRow | null> {
  return opt(db, "webhook.eventReplay", eventReplayText, [args.source, args.eventId], (row): EventReplayRow => ({
    source: row[0],
    eventId: row[1],
    type: row[2],
    storeId: row[3],
    objectRef: row[4],
    payload: row[5],
    receivedAt: row[6],
    tries: row[7],
  }));
}
