import type { Language } from "./words.ts";

/** What a Payment Element's `fields` and `defaultValues` come to for a card. */
export type CardOptions = {
  readonly asksName: boolean;
  readonly asksPlace: boolean;
  readonly asksPostalCode: boolean;
  readonly name: string;
  readonly country: string;
  readonly postalCode: string;
  readonly isReadOnly: boolean;
};

type Tree = Readonly<Record<string, unknown>>;

export function readCardOptions(given: unknown, language: Language): CardOptions {
  const options = tree(given);
  const fields = tree(options["fields"])["billingDetails"];
  const address = fields === "never" ? "never" : tree(fields)["address"];
  const defaults = tree(tree(options["defaultValues"])["billingDetails"]);
  const defaultAddress = tree(defaults["address"]);
  return {
    asksName: tree(fields)["name"] === "always",
    asksPlace: address !== "never" && tree(address)["country"] !== "never",
    asksPostalCode: tree(address)["postalCode"] !== "never",
    name: text(defaults["name"]),
    country: text(defaultAddress["country"]) || (language === "ko" ? "KR" : "US"),
    postalCode: text(defaultAddress["postal_code"]),
    isReadOnly: options["readOnly"] === true,
  };
}

function tree(value: unknown): Tree {
  return typeof value === "object" && value !== null ? (value as Tree) : {};
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
