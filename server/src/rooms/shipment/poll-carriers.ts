import { ShipmentStatus } from "@muse/contracts/shipment";
import type { Http } from "@muse/connectors/port";
import { z } from "zod";
import type { Db } from "#platform/db/query.ts";
import { assertNoTransaction } from "#platform/db/tx.ts";
import { oneByOne, type Sweep, type SweepRound } from "#platform/jobs/sweep.ts";
import type { Log } from "#platform/log/log.ts";
import { carrierEventsMax, pollsMax, pollSoonS } from "./rules.ts";
import { shipmentProgress, shipmentsTake, type ShipmentsTakeRow } from "./shipment.sql.gen.ts";

export type PollDeps = {
  readonly db: Db;
  readonly http: Http;
  /** Where each carrier is asked, by its code: `<url>/track/<tracking number>`. */
  readonly carrierUrls: Readonly<Record<string, string>>;
  readonly log: Log;
};

const takesMax = 20;
const timeoutMs = 5_000;

/** What carriers answer. Fields we do not know are none of our business. */
const Tracking = z.object({
  status: ShipmentStatus,
  /** A day, or an hour of it; a promise that cannot be read is no reason not to hear where the parcel is. */
  estimatedDelivery: z
    .union([z.iso.date(), z.iso.datetime({ offset: true })])
    .nullish()
    .catch(null),
  events: z
    .array(
      z.object({
        at: z.iso.datetime({ offset: true }),
        status: ShipmentStatus,
        description: z.string().max(500),
        location: z.string().max(200).nullish(),
      }),
    )
    .max(carrierEventsMax)
    .default([]),
});

/** Asks carriers about parcels that are due. One that does not answer is asked later. */
export async function pollCarriers(deps: PollDeps): Promise<SweepRound> {
  const due = await shipmentsTake(deps.db, { countMax: takesMax, pollsMax });
  const polled = await Promise.all(due.map((parcel) => pollCarrier(deps, parcel)));
  return { ...oneByOne(due.length, polled.filter((isDone) => !isDone).length), hasMore: due.length > 0 };
}

export function shipmentSweeps(deps: PollDeps): Sweep[] {
  return [{ name: "shipment.poll_carriers", everyMs: 2_000, run: async () => await pollCarriers(deps) }];
}

/** @returns whether the carrier could be asked, whatever it said */
async function pollCarrier(deps: PollDeps, parcel: ShipmentsTakeRow): Promise<boolean> {
  const { shipmentId, orderNumber } = parcel;
  try {
    const tracking = await askCarrier(deps, parcel);
    if (tracking === null) return true;
    const { isNews } = await shipmentProgress(deps.db, {
      shipmentId,
      status: tracking.status,
      estimatedDelivery: tracking.estimatedDelivery ? new Date(tracking.estimatedDelivery) : null,
      events: tracking.events.map(({ at, location, ...event }) => ({
        ...event,
        occurred_at: at,
        location: location ?? null,
      })),
      pollAfterSeconds: pollSoonS,
    });
    if (isNews) deps.log.info("shipment", { shipmentId, orderNumber, state: tracking.status });
    return true;
  } catch (error) {
    deps.log.warn("shipment.poll_failed", { shipmentId, orderNumber, attempt: parcel.polls }, error);
    return false;
  }
}

async function askCarrier(
  { http, carrierUrls, log }: PollDeps,
  parcel: ShipmentsTakeRow,
): Promise<z.output<typeof Tracking> | null> {
  const url = Object.hasOwn(carrierUrls, parcel.carrier) ? carrierUrls[parcel.carrier] : undefined;
  if (url === undefined) return null;
  assertNoTransaction("carrier");
  const answer = await http({
    method: "GET",
    url: `${url}/track/${encodeURIComponent(parcel.trackingNumber)}`,
    timeoutMs,
  });
  // 404: the carrier has not scanned it yet.
  if (answer.status !== 200) return null;
  const tracking = Tracking.safeParse(jsonOf(answer.body));
  if (tracking.success) return tracking.data;
  log.warn("shipment.strange_answer", { shipmentId: parcel.shipmentId });
  return null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
