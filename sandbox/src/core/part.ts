import type { FastifyInstance } from "fastify";

import type { World } from "#core/world.ts";

/**
 * One piece of the outside world (a payment provider, the retailers, the carriers). `register` runs in a Fastify
 * scope of its own, so body parsers, hooks and error handlers that a part adds touch no other part.
 */
export type Part = {
  readonly name: string;
  register(app: FastifyInstance, world: World): void;
};

declare module "fastify" {
  /**
   * A route names itself, so that fault rules can aim at it: `config: { part: "stripe", endpoint: "refunds.create"
   * }`.
   */
  interface FastifyContextConfig {
    part?: string;
    endpoint?: string;
  }
}
