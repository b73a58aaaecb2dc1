import { listAt, objectAt, textAt, type Json } from "../untrusted.ts";

/**
 * What differs from one version of the protocol to the next, as far as ordering goes. The first one lists what the
 * later ones key by name, wants the currency and a word on payment with every request, and takes one instrument where
 * the later ones take several. Which it is shows in the profile: the first version's date stands on some newer
 * documents.
 */
export type Dialect = "listed" | "keyed";

/** The dialect of a profile's `ucp` object. */
export function dialectOf(ucp: Json): Dialect {
  return Array.isArray(ucp["capabilities"]) ? "listed" : "keyed";
}

/** Where the store's REST binding is; null when it has none. */
export function endpointIn(ucp: Json): string | null {
  const services = objectAt(ucp, "services");
  const rest =
    dialectOf(ucp) === "listed"
      ? objectAt(objectAt(services, "dev.ucp.shopping"), "rest")
      : listAt(services, "dev.ucp.shopping").find((candidate) => candidate["transport"] === "rest");
  return rest === undefined ? null : textAt(rest, "endpoint");
}

/** Whether the profile names this capability. */
export function hasCapability(ucp: Json, name: string): boolean {
  if (dialectOf(ucp) === "listed") return listAt(ucp, "capabilities").some((each) => each["name"] === name);
  return listAt(objectAt(ucp, "capabilities"), name).length > 0;
}

/** What every creation and change carries besides its contents. */
export function formOf(dialect: Dialect, currency: string): Json {
  return dialect === "listed" ? { currency, payment: {} } : {};
}

/** The instrument that pays, as the completion carries it. */
export function paymentOf(dialect: Dialect, instrument: Json): Json {
  return dialect === "listed"
    ? { payment_data: instrument }
    : { payment: { instruments: [{ ...instrument, selected: true }] } };
}
