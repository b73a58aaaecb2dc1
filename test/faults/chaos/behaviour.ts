import { globSync } from "node:fs";
import { join } from "node:path";
import type { Customer } from "./customer.ts";
import type { Random } from "./random.ts";
import type { Shop } from "./shop.ts";

/** What one visit has at hand. */
export type Visit = {
  readonly customer: Customer;
  /** The same person on another machine, or a second tab; signed in alike. Its calls are told apart by name. */
  readonly random: Random;
  readonly shop: Shop;
  /** Sessions of this visit, as they are learned of. */
  readonly sessions: Set<string>;
  /** The moments at which the shopper did what may lead to a charge, beside calls of `place`. */
  readonly acts: number[];
  /** What has to be looked at once everything is quiet. */
  readonly later: ((customer: Customer) => Promise<readonly string[]>)[];
};

/**
 * One way in which people use the shop. A file beside the others in `behaviours/` exports one; that is all there is to
 * adding one (docs/reliability.md). It must bear anything that is allowed to happen: every call repeated, refused for a
 * while, any card declined, any store sold out.
 */
export type Behaviour = {
  readonly name: string;
  /** For the list: what such a shopper does. */
  readonly tells: string;
  /** How often, against the others. */
  readonly weight: number;
  /** @throws GoneError when the visit ends early for a reason that people meet; anything else is a breach */
  readonly play: (visit: Visit) => Promise<void>;
};

export async function readBehaviours(): Promise<Behaviour[]> {
  return await readAll<Behaviour>("behaviours");
}

/** Every value that the files of a folder export, in the order of the files. */
export async function readAll<Item>(folder: string): Promise<Item[]> {
  const files = globSync("*.ts", { cwd: join(import.meta.dirname, folder) }).sort();
  const modules = await Promise.all(
    files.map((file) => import(`./${folder}/${file}`) as Promise<Record<string, Item>>),
  );
  return modules.flatMap((module) => Object.values(module));
}
