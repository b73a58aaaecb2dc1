import { randomBytes } from "node:crypto";

import type { World } from "#core/world.ts";
import { asArray, asObject, asQuantity, asText, asTextOrNull, type Json } from "../read-body.ts";
import type { ShipTo } from "../order.ts";

/** A checkout session as this store keeps it; what is shown of it is computed afresh for every answer. */
export type Session = {
  readonly id: string;
  readonly status: "open" | "completed" | "canceled";
  readonly reference: string;
  readonly lines: readonly { readonly id: string; readonly sku: string; readonly quantity: number }[];
  readonly buyer: { readonly email: string; readonly firstName: string; readonly lastName: string } | null;
  readonly destination: (ShipTo & { readonly id: string }) | null;
  readonly shippingOptionId: string | null;
  /** Percent on top of the shelf's prices, from the fault that hit this session. */
  readonly driftPercent: number;
  /** The total last shown: completing never charges another one unseen. */
  readonly shownTotalCents: number | null;
  readonly orderNumber: string | null;
};

export type Sessions = {
  find(id: string): Session | undefined;
  save(session: Session): void;
};

export function openSessions(world: World): Sessions {
  world.db.exec("create table if not exists ucp_session (id text primary key, state text not null) without rowid");
  const select = world.db.prepare("select state from ucp_session where id = ?");
  const upsert = world.db.prepare(
    "insert into ucp_session (id, state) values (?, ?) on conflict (id) do update set state = excluded.state",
  );
  return {
    find(id) {
      const row = select.get(id);
      return row === undefined ? undefined : (JSON.parse(String(row["state"])) as Session);
    },
    save: (session) => void upsert.run(session.id, JSON.stringify(session)),
  };
}

export function newSession(body: Json): Session {
  const empty: Session = {
    id: `chk_${randomBytes(12).toString("hex")}`,
    status: "open",
    reference: asText(body["platform_reference"]),
    lines: [],
    buyer: null,
    destination: null,
    shippingOptionId: null,
    driftPercent: 0,
    shownTotalCents: null,
    orderNumber: null,
  };
  return changeSession(empty, body);
}

/** Takes over what the body gives; a field that is left out stays as it is. */
export function changeSession(session: Session, body: Json): Session {
  const reference = asText(body["platform_reference"]);
  return {
    ...session,
    reference: reference === "" ? session.reference : reference,
    lines: body["line_items"] === undefined ? session.lines : readLines(body["line_items"]),
    buyer: body["buyer"] === undefined ? session.buyer : readBuyer(asObject(body["buyer"])),
    ...(body["fulfillment"] === undefined ? {} : readFulfillment(asObject(body["fulfillment"]))),
  };
}

function readLines(value: unknown): Session["lines"] {
  return asArray(value)
    .slice(0, 100)
    .map((entry, index) => {
      const line = asObject(entry);
      const id = asText(line["id"]);
      return {
        id: id === "" ? `li_${index + 1}` : id,
        sku: asText(asObject(line["item"])["id"]),
        quantity: asQuantity(line["quantity"]),
      };
    });
}

function readBuyer(buyer: Json): Session["buyer"] {
  return {
    email: asText(buyer["email"]),
    firstName: asText(buyer["first_name"]),
    lastName: asText(buyer["last_name"]),
  };
}

/** One method, one destination, one group: this store sends everything together. */
function readFulfillment(fulfillment: Json): Pick<Session, "destination" | "shippingOptionId"> {
  const method = asObject(asArray(fulfillment["methods"])[0]);
  const destinations = asArray(method["destinations"]).map(asObject);
  const selectedId = asText(method["selected_destination_id"]);
  const destination = destinations.find((candidate) => asText(candidate["id"]) === selectedId) ?? destinations[0];
  const group = asObject(asArray(method["groups"])[0]);
  return {
    destination: destination === undefined ? null : readDestination(destination),
    shippingOptionId: asTextOrNull(group["selected_option_id"]),
  };
}

function readDestination(destination: Json): Session["destination"] {
  const id = asText(destination["id"]);
  return {
    id: id === "" ? "dest_1" : id,
    name: `${asText(destination["first_name"])} ${asText(destination["last_name"])}`.trim(),
    address1: asText(destination["street_address"]),
    address2: asTextOrNull(destination["extended_address"]),
    city: asText(destination["address_locality"]),
    state: asText(destination["address_region"]),
    zip: asText(destination["postal_code"]),
    country: asText(destination["address_country"]),
    phone: asTextOrNull(destination["phone_number"]),
  };
}
