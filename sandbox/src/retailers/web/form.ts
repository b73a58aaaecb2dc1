import type { FastifyInstance, FastifyRequest } from "fastify";

import { isServed, type ShipTo } from "../order.ts";
import { states } from "./states.ts";

export type Form = Readonly<Record<string, string>>;

/** What a form whose page has changed puts before its fields' names. */
export const changedPrefix = "x2-";

const fieldMax = 200;

/** Reads forms as browsers send them. A field that comes twice counts once, the last one. */
export function addFormParser(app: FastifyInstance): void {
  // The partner APIs have one of their own, which this scope inherits.
  app.removeContentTypeParser("application/x-www-form-urlencoded");
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, done) => {
    const form = [...new URLSearchParams(String(body))].map(([name, value]) => [
      name.startsWith(changedPrefix) ? name.slice(changedPrefix.length) : name,
      value.slice(0, fieldMax).trim(),
    ]);
    done(null, Object.fromEntries(form));
  });
}

export function formOf(request: FastifyRequest): Form {
  const { body } = request;
  return typeof body === "object" && body !== null ? (body as Form) : {};
}

/** 1 for what is not a count; no shop sells more than 20 of a thing at once. */
export function quantityOf(text: string | undefined): number {
  const number = Number(text);
  return Number.isInteger(number) && number >= 1 ? Math.min(number, 20) : 1;
}

export type AddressForm = {
  readonly shipTo: ShipTo;
  readonly email: string;
  /** By field; none when the form is good. */
  readonly errors: Readonly<Record<string, string>>;
};

/** Reads `name` (or `first_name` and `last_name`), `address1`, `address2`, `city`, `state`, `zip`, `phone`, `email`. */
export function readAddress(form: Form, wantsEmail: boolean): AddressForm {
  const text = (field: string): string => form[field] ?? "";
  const name = form["name"] ?? [text("first_name"), text("last_name")].filter((part) => part !== "").join(" ");
  const shipTo: ShipTo = {
    name,
    address1: text("address1"),
    address2: text("address2") === "" ? null : text("address2"),
    city: text("city"),
    state: text("state"),
    zip: text("zip"),
    country: "US",
    phone: text("phone") === "" ? null : text("phone"),
  };
  const errors = Object.fromEntries([
    ...(wantsEmail && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text("email")) ? [["email", "Enter an email address."]] : []),
    ...addressErrors(shipTo, form),
  ]);
  return { shipTo, email: text("email"), errors };
}

function addressErrors(shipTo: ShipTo, form: Form): readonly (readonly [string, string])[] {
  const { name, address1, city, zip, phone } = shipTo;
  const checks: readonly (readonly [isWrong: boolean, field: string, error: string])[] = [
    ["first_name" in form && form["first_name"] === "", "first_name", "Enter a first name."],
    ["last_name" in form && form["last_name"] === "", "last_name", "Enter a last name."],
    [!("first_name" in form) && name === "", "name", "Enter the name on the parcel."],
    [address1 === "", "address1", "Enter a street address."],
    [city === "", "city", "Enter a city."],
    [!states.some(({ code }) => code === shipTo.state), "state", "Choose a state."],
    [shipTo.state !== "" && !isServed(shipTo), "state", "We are sorry: we do not deliver there."],
    [!/^\d{5}(-\d{4})?$/.test(zip), "zip", "Enter a ZIP code of five digits."],
    [phone !== null && !/^[\d\s().+-]{7,20}$/.test(phone), "phone", "Enter a phone number."],
  ];
  return checks.filter(([isWrong]) => isWrong).map(([, field, error]) => [field, error] as const);
}
