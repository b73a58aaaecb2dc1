import { randomUUID } from "node:crypto";

import { exchange, readTimeoutMs, submitTimeoutMs, type Exchange } from "../answers.ts";
import type { Address, Http, PlaceRequest, StoreAccess } from "../port.ts";
import { listAt, minorAt, objectAt, textAt, type Json } from "../untrusted.ts";
import { formOf, paymentOf, type Dialect } from "./dialect.ts";
import { spokenVersions, type Profile } from "./profile.ts";
import { requestSignature, signingKeyFrom } from "./request-signature.ts";

/** One store, one version, one way to talk to it. */
export type Line = { readonly http: Http; readonly access: StoreAccess; readonly profile: Profile };

type Sent = {
  readonly method: "GET" | "POST" | "PUT";
  readonly path: string;
  readonly body?: Json;
  readonly idempotencyKey?: string;
  readonly isSubmit?: boolean;
};

export function talk(line: Line, sent: Sent): Promise<Exchange> {
  const { access, profile } = line;
  const body = sent.body === undefined ? null : JSON.stringify(sent.body);
  return exchange(line.http, {
    method: sent.method,
    url: `${profile.endpoint}${sent.path}`,
    headers: {
      accept: "application/json",
      "ucp-agent": `profile="${platformProfileOf(access, profile.version)}"`,
      "x-api-key": access.credentials["apiKey"] ?? "",
      "request-id": randomUUID(),
      ...signatureOf(line, body ?? ""),
      ...(body === null ? {} : { "content-type": "application/json" }),
      // Changing a session twice does no harm, and a kept answer would hide what the store asks by now.
      ...(sent.method === "GET" ? {} : { "idempotency-key": sent.idempotencyKey ?? randomUUID() }),
    },
    ...(body === null ? {} : { body }),
    timeoutMs: sent.isSubmit === true ? submitTimeoutMs : readTimeoutMs,
  });
}

/**
 * January's versions want the header of every request (docs/decisions/0090). Without a key of ours the API key alone
 * admits us, and the header says so. Later versions leave signing to both.
 */
function signatureOf({ access, profile }: Line, body: string): { readonly "request-signature"?: string } {
  if (profile.version >= "2026-04-08") return {};
  const key = signingKeyFrom(access.credentials["signingKey"]);
  return { "request-signature": key === null || key === "unusable" ? "unsigned" : requestSignature(key, body) };
}

/** Our profile says which version we speak; those of older versions live below the newest. */
function platformProfileOf(access: StoreAccess, version: string): string {
  const newest = access.credentials["platformProfile"] ?? "";
  return version === spokenVersions[0] ? newest : `${newest}/${version}`;
}

/** All that the store must know before it can name delivery options. The same order always makes the same body. */
export function createBody(request: PlaceRequest, profile: Profile): Json {
  return {
    ...formOf(profile.dialect, request.currency),
    ...(profile.hasOrderDesk ? { platform_reference: request.reference } : {}),
    ...contents(request),
  };
}

/** The session again, with delivery chosen: a PUT replaces everything, so everything is said again. */
export function updateBody(request: PlaceRequest, session: Json, { dialect }: Profile): Json {
  const method = listAt(objectAt(session, "fulfillment"), "methods")[0] ?? {};
  const group = listAt(method, "groups")[0] ?? {};
  const lineIds = listAt(session, "line_items").map((line) => textAt(line, "id"));
  const { buyer, line_items: lines } = contents(request);
  return {
    id: textAt(session, "id"),
    ...formOf(dialect, request.currency),
    buyer,
    line_items: lines.map((line, index) => ({ id: lineIds[index] ?? `li_${index + 1}`, ...line })),
    fulfillment: {
      methods: [
        {
          id: textAt(method, "id"),
          type: "shipping",
          line_item_ids: lineIds,
          destinations: [{ id: destinationId, ...destinationOf(request.shipTo) }],
          selected_destination_id: destinationId,
          groups: [{ id: textAt(group, "id"), selected_option_id: request.shippingOptionId }],
        },
      ],
    },
  };
}

/** Payment by the arrangement that the store has with us: the "credential" is an account's number, never a card's. */
export function completeBody(access: StoreAccess, dialect: Dialect): Json {
  const { paymentHandlerId = "", paymentInstrumentType = "", paymentAccount = "" } = access.credentials;
  return paymentOf(dialect, {
    id: "muse_account",
    handler_id: paymentHandlerId,
    type: paymentInstrumentType,
    credential: { type: "account_reference", account: paymentAccount },
  });
}

/** The one `total` of a checkout or order; null when it is not there exactly once. */
export function totalMinorOf(entity: Json): number | null {
  const totals = listAt(entity, "totals").filter((entry) => entry["type"] === "total");
  const [total] = totals;
  return total === undefined || totals.length !== 1 ? null : minorAt(total, "amount");
}

/** Codes of the errors that the store reports; warnings and information are not among them. */
export function errorCodesOf(entity: Json): readonly string[] {
  return listAt(entity, "messages").flatMap((message) => {
    const code = message["type"] === "error" ? textAt(message, "code") : null;
    return code === null ? [] : [code];
  });
}

const destinationId = "dest_1";

function contents(request: PlaceRequest) {
  const { firstName, lastName } = namesOf(request.shipTo.name);
  return {
    line_items: request.lines.map(({ sku, quantity }) => ({ item: { id: sku }, quantity })),
    buyer: { email: request.contactEmail, first_name: firstName, last_name: lastName },
    fulfillment: {
      methods: [
        {
          type: "shipping",
          destinations: [{ id: destinationId, ...destinationOf(request.shipTo) }],
          selected_destination_id: destinationId,
        },
      ],
    },
  };
}

function destinationOf(to: Address): Json {
  const { firstName, lastName } = namesOf(to.name);
  return {
    first_name: firstName,
    last_name: lastName,
    street_address: to.address1,
    ...(to.address2 === null ? {} : { extended_address: to.address2 }),
    address_locality: to.city,
    address_region: to.state,
    postal_code: to.zip,
    address_country: to.country,
    ...(to.phone === null ? {} : { phone_number: to.phone }),
  };
}

/** The protocol wants two names; the last word is a fair guess, and a parcel arrives by either. */
function namesOf(name: string): { readonly firstName: string; readonly lastName: string } {
  const words = name.trim().split(/\s+/);
  return { firstName: words.slice(0, -1).join(" "), lastName: words.at(-1) ?? "" };
}
