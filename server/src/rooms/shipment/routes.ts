import { OrderParams } from "@muse/contracts/order";
import { Tracked, TrackingBody } from "@muse/contracts/shipment";
import type { Account } from "#platform/http/account.ts";
import { holdsCardNumber } from "#platform/http/card-number.ts";
import { problem, Problem } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import type { Pool } from "#platform/db/pool.ts";
import { tx } from "#platform/db/tx.ts";
import type { AuditEntry } from "#rooms/placement";
import type { Db } from "#platform/db/query.ts";
import { parcelsMax } from "./rules.ts";
import { orderLines } from "./shipment.sql.gen.ts";
import { trackParcel, type TrackParcelResult } from "./track-parcel.ts";

export type ShipmentRoutesDeps = {
  /** The ops room's door. */
  readonly audit: (db: Db, entry: AuditEntry) => Promise<void>;
  /** Whether a store signed these bytes with its secret: a `Store-Signature` (the webhook room's door). */
  readonly isSignedBy: (db: Pool, storeId: string, bytes: Buffer, header: string) => Promise<boolean>;
};

/** Read as bytes, which a store's signature is of. */
const signed = { headers: ["Store-Signature"], rawBody: true, shownBody: TrackingBody } as const;

/** How a parcel becomes known: from operators, or from the store itself. */
export function shipmentRoutes(http: HttpServer, deps: ShipmentRoutesDeps): void {
  route(
    http,
    {
      method: "PUT",
      url: "/api/v1/orders/:orderNumber/tracking",
      summary: "Note a parcel of an order",
      description:
        'By operators, or by the order\'s store with `Store-Signature: t=<unix s>,v1=<hex HMAC-SHA256 of "<t>.PUT /api/v1/orders/<order number>/tracking.<raw body>">`: the request line is signed as well, so that it is good for this order alone. Moves the order to shipped. An order may have several parcels, up to a hundred; the same one again changes nothing.',
      tags: ["Orders"],
      auth: "anonymous_ok",
      params: OrderParams,
      ...signed,
      reply: Tracked,
      errors: [
        "order_not_found",
        "tracking_conflict",
        "parcels_too_many",
        "webhook_signature_invalid",
        "not_signed_in",
        "role_missing",
        "request_invalid",
        "card_number_refused",
      ],
    },
    async ({ db, account, params, body, request }) => {
      const order = await orderLines(db, params);
      const signature = request.headers["store-signature"];
      if (typeof signature === "string") {
        // Whether there is such an order is nobody's business but its store's.
        if (order === null) return problem("webhook_signature_invalid");
        const isSigned = async (bytes: Buffer) => await deps.isSignedBy(db, order.storeId, bytes, signature);
        const unsigned = await refusalOfSignature(isSigned, params.orderNumber, body);
        if (unsigned !== null) return unsigned;
      } else {
        const refusal = refusalOf(account);
        if (refusal !== null) return problem(refusal);
        if (order === null) return problem("order_not_found");
      }

      const parcelSaid = parcelOf(body, order.lineNos);
      if (parcelSaid instanceof Problem) return parcelSaid;
      const { trackingNumber, carrier, estimatedDelivery, lineNos } = parcelSaid;

      const { kind } = await tx(db, "shipment.track", async (open) => {
        const parcel = {
          ...params,
          carrier,
          trackingNumber,
          estimatedDelivery: dateOf(estimatedDelivery),
          lineNos: lineNos ?? null,
        };
        const tracked = await trackParcel(open, parcel);
        if (tracked.kind === "tracked" && account !== null && typeof signature !== "string") {
          const { accountId, role } = account;
          await deps.audit(open, {
            accountId,
            role,
            action: "order.track",
            subject: params.orderNumber,
            detail: { carrier, trackingNumber },
          });
        }
        return tracked;
      });
      const refused = refusalOfParcel(kind);
      return refused ?? { museOrderNumber: params.orderNumber, trackingNumber, carrier, isNew: kind === "tracked" };
    },
  );
}

/**
 * The store signs which order it speaks of as well as what it says. Signed as it signs events it would be good for
 * any of its orders, to whoever has read it: refused, and the store, which alone can sign even that, is told what
 * is missing.
 */
async function refusalOfSignature(
  isSigned: (bytes: Buffer) => Promise<boolean>,
  orderNumber: string,
  body: Buffer,
): Promise<Problem<"webhook_signature_invalid"> | null> {
  const target = `PUT /api/v1/orders/${orderNumber}/tracking`;
  if (await isSigned(Buffer.concat([Buffer.from(`${target}.`), body]))) return null;
  const told = { details: { why: "target_not_signed", signed: `<t>.${target}.<body>` } };
  return problem("webhook_signature_invalid", (await isSigned(body)) ? told : {});
}

function parcelOf(raw: Buffer, lineNosOfOrder: readonly number[]) {
  const said = jsonOf(raw);
  // Raw bodies are nobody else's to look into. A tracking number may pass for a card's.
  if (holdsCardNumber(raw.toString("utf8"), said, digitFields)) return problem("card_number_refused");
  const parsed = TrackingBody.safeParse(said);
  if (!parsed.success) return problem("request_invalid", fieldOf(parsed.error.issues[0]?.path));
  const isStrange = parsed.data.lineNos?.some((lineNo) => !lineNosOfOrder.includes(lineNo)) === true;
  return isStrange ? problem("request_invalid", { field: "lineNos" }) : parsed.data;
}

const digitFields: ReadonlySet<string> = new Set(["trackingNumber"]);

function refusalOf(account: Account | null): "not_signed_in" | "role_missing" | null {
  if (account === null || account.kind === "anonymous") return "not_signed_in";
  return account.role === "ops" || account.role === "admin" ? null : "role_missing";
}

function refusalOfParcel(kind: TrackParcelResult["kind"]) {
  if (kind === "not_found") return problem("order_not_found");
  if (kind === "conflict") return problem("tracking_conflict");
  return kind === "too_many" ? problem("parcels_too_many", { details: { max: parcelsMax } }) : null;
}

function dateOf(text: string | null | undefined): Date | null {
  return text === null || text === undefined ? null : new Date(text);
}

function fieldOf(path: readonly PropertyKey[] | undefined): { field?: string } {
  const [field] = path ?? [];
  return field === undefined ? {} : { field: String(field) };
}

function jsonOf(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString("utf8"));
  } catch {
    return null;
  }
}
