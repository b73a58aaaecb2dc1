import type { Outside } from "../outside.ts";
import type { World } from "./sound-world.ts";

/** One deliberate breach of one check. */
export type Break = {
  readonly sql?: (world: World) => readonly string[];
  readonly outside?: (outside: Outside, world: World) => Outside;
  /** Checks that the same breach is bound to break too. */
  readonly along?: readonly string[];
};
