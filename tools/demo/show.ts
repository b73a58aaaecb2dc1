import type { Client } from "./api.ts";
import type { System } from "./find-system.ts";
import type { Options } from "./options.ts";
import type { Page } from "./page.ts";
import type { Sandbox } from "./sandbox.ts";

/** Everything that a part of the demo needs. */
export type Show = {
  readonly options: Options;
  readonly page: Page;
  readonly system: System;
  readonly sandbox: Sandbox;
  /** The visitor: a browser that has never been here. */
  readonly visitor: Client;
  /** Of this run alone, so that faults hit this visitor's orders and nobody else's. */
  readonly email: string;
  readonly signal: AbortSignal;
  /** What was wrong on the way, though the end may be right. */
  readonly oddities: string[];
};
