import type { Task } from "../types.ts";

/** What every form that ends a task is given. */
export type OutcomeProps = {
  readonly task: Task;
  /** Whether the operator holds it at this moment. */
  readonly isHeld: boolean;
  /** It has ended: what is to be said of it, and what has to be read before one goes on. */
  readonly onDone: (text: string, warnings?: readonly string[]) => void;
};
