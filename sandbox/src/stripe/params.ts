import { formList, type FormTree } from "./form.ts";
import type { Metadata } from "./objects.ts";
import { invalidParam, missingParam, unknownParam, type Refusal } from "./refusal.ts";

/**
 * The parameters of one request. Every reader answers undefined for what is absent or wrong and keeps the first thing
 * that was wrong; a handler reads all it needs, then asks `problem()` once, before it does anything.
 */
export type Params = {
  readonly tree: FormTree;
  has(name: string): boolean;
  text(name: string): string | undefined;
  required(name: string): string;
  /** A whole number of at least `min`. */
  integer(name: string, min: number): number | undefined;
  flag(name: string): boolean | undefined;
  choice<T extends string>(name: string, options: readonly T[]): T | undefined;
  list(name: string): readonly string[] | undefined;
  child(name: string): FormTree | undefined;
  /** What `metadata` becomes when these parameters are laid over what is there. */
  metadata(before: Metadata): Metadata;
  problem(): Refusal | undefined;
};

const metadataKeysMax = 50;
const metadataKeyLengthMax = 40;
const metadataValueLengthMax = 500;

export function readParams(tree: FormTree, allowed: readonly string[]): Params {
  let found: Refusal | undefined;
  const refuse = (problem: Refusal): undefined => {
    found ??= problem;
    return undefined;
  };
  for (const name of Object.keys(tree)) {
    if (!allowed.includes(name) && name !== "expand") refuse(unknownParam(name));
  }

  const text = (name: string): string | undefined => {
    const value = tree[name];
    if (typeof value === "object")
      return refuse(invalidParam(name, `Invalid string: ${JSON.stringify(value)}`, "parameter_invalid_string"));
    return value === "" ? undefined : value;
  };
  return {
    tree,
    has: (name) => tree[name] !== undefined,
    text,
    required(name) {
      const value = text(name);
      if (value === undefined) refuse(missingParam(name));
      return value ?? "";
    },
    integer(name, min) {
      const value = text(name);
      if (value === undefined) return undefined;
      if (!/^-?\d{1,15}$/.test(value))
        return refuse(invalidParam(name, `Invalid integer: ${value}`, "parameter_invalid_integer"));
      if (Number(value) < min) return refuse(belowMinimum(name, min));
      return Number(value);
    },
    flag(name) {
      const value = text(name);
      if (value === undefined) return undefined;
      if (value !== "true" && value !== "false") return refuse(invalidParam(name, `Invalid boolean: ${value}`));
      return value === "true";
    },
    choice<T extends string>(name: string, options: readonly T[]): T | undefined {
      const value = text(name);
      if (value === undefined) return undefined;
      return (
        options.find((option) => option === value) ??
        refuse(invalidParam(name, `Invalid ${name}: must be one of ${orList(options)}`))
      );
    },
    list: (name) => (tree[name] === undefined ? undefined : formList(tree[name])),
    child(name) {
      const value = tree[name];
      if (value === undefined || value === "") return undefined;
      return typeof value === "object"
        ? value
        : refuse(invalidParam(name, `Invalid hash: ${value}`, "parameter_invalid_object"));
    },
    metadata(before) {
      const after = mergeMetadata(before, tree["metadata"]);
      if (typeof after === "object") return after;
      refuse(invalidParam("metadata", after));
      return before;
    },
    problem: () => found,
  };
}

/** Lays a `metadata` parameter over what is there: an empty value unsets its key, an empty `metadata` unsets all. */
function mergeMetadata(before: Metadata, given: string | FormTree | undefined): Metadata | string {
  if (given === undefined) return before;
  if (typeof given === "string") return given === "" ? {} : "Invalid metadata: must be a hash of keys and values";
  const after: Record<string, string> = { ...before };
  for (const [key, value] of Object.entries(given)) {
    if (typeof value !== "string") return `Metadata values must be strings, but for key "${key}" you passed in a hash`;
    if (key.length > metadataKeyLengthMax)
      return `Metadata keys can have up to ${metadataKeyLengthMax} characters, but you passed in "${key}"`;
    if (value.length > metadataValueLengthMax) {
      return `Metadata values can have up to ${metadataValueLengthMax} characters, but you passed in a value for "${key}" that is ${value.length} characters`;
    }
    if (value === "") delete after[key];
    else after[key] = value;
  }
  if (Object.keys(after).length > metadataKeysMax) return `You can only set up to ${metadataKeysMax} metadata keys`;
  return after;
}

function belowMinimum(name: string, min: number): Refusal {
  return min === 1
    ? invalidParam(name, "This value must be greater than or equal to 1.", "parameter_invalid_integer")
    : invalidParam(name, `This value must be greater than or equal to ${min}.`);
}

function orList(options: readonly string[]): string {
  return options.length < 2 ? options.join("") : `${options.slice(0, -1).join(", ")}, or ${options.at(-1) ?? ""}`;
}
