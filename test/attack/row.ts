import type { Belongings } from "./cast.ts";

/**
 * - `owner`: the path names something of one account, which does not exist for anybody else.
 * - `self`: nothing is named; everybody has their own.
 * - `public`: the same for everybody.
 * - `staff`: what it names belongs to the house; the role decides.
 * - `bought`: what it names is everybody's to see; only those who bought it may do this, and the others are told so.
 * - `signed`: a signature, or a password in the body, decides, not who is calling.
 */
export type Whose = "owner" | "self" | "public" | "staff" | "bought" | "signed";

export type Row = {
  readonly whose: Whose;
  /** What the path's and the query's names stand for, of this owner. */
  readonly names?: (owns: Belongings) => Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** A body that is right in form. */
  readonly body?: (owns: Belongings) => Body;
  /** Answers until the caller hangs up: not to be waited for by its owner. */
  readonly isStream?: true;
  /** Names what only a browser makes: there is none of it here. */
  readonly isMadeByBrowser?: true;
  /** Signs its caller out, who is needed for the other rows. */
  readonly endsSession?: true;
  /** Fields of the body that hold free text, which is kept as it is written. */
  readonly texts?: readonly string[];
};

export type Body = { readonly [field: string]: unknown };
