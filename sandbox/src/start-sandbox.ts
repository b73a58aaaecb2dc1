import Fastify, { type FastifyInstance } from "fastify";

import { addControlRoutes } from "#core/control-routes.ts";
import type { Part } from "#core/part.ts";
import { addTransportFaults } from "#core/transport-faults.ts";
import { openWorld, type World } from "#core/world.ts";
import { carriers } from "./carriers/part.ts";
import { addMail, type Mail } from "./mail/part.ts";
import type { Smtp } from "./mail/smtp.ts";
import { retailers } from "./retailers/part.ts";
import { stripe } from "./stripe/part.ts";
import { stripeJs } from "./stripe-js/part.ts";
import { toss } from "./toss/part.ts";

export type SandboxOptions = {
  /** 0 takes any free one. */
  readonly port: number;
  /** A SQLite file, or ":memory:". */
  readonly dataFile: string;
  /** Where Muse's API is: the default target of every webhook. */
  readonly appUrl: string;
  /** Added to every request of every part. */
  readonly latencyMs?: number;
  /** Where mail is taken; 0, or nothing, takes any free one. */
  readonly smtpPort?: number;
};

export type Sandbox = {
  readonly url: string;
  readonly port: number;
  /** `smtp://127.0.0.1:4125` */
  readonly smtpUrl: string;
  close(): Promise<void>;
};

const parts: readonly Part[] = [stripe, stripeJs, toss, retailers, carriers];

/**
 * Starts the whole outside world in this process. Rejects with the system's error (EADDRINUSE …) when it cannot
 * listen.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const world = openWorld({ dataFile: options.dataFile, appUrl: options.appUrl });
  const app = Fastify({ logger: false, forceCloseConnections: true, bodyLimit: 1_048_576 });
  addTransportFaults(app, world.faults, options.latencyMs ?? 0);
  addControlRoutes(app, world);
  for (const part of parts) await registerPart(app, part, world);
  const mail = addMail(app, world);

  const smtp = await listenOrClose(app, world, mail, options);
  world.webhooks.resume();
  const address = app.server.address();
  const port = typeof address === "object" && address !== null ? address.port : options.port;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    smtpUrl: `smtp://127.0.0.1:${smtp.port}`,
    async close() {
      await Promise.all([app.close(), smtp.close()]);
      world.close();
    },
  };
}

/** Both ports or none: half a world would only be found out later. */
async function listenOrClose(app: FastifyInstance, world: World, mail: Mail, options: SandboxOptions): Promise<Smtp> {
  try {
    const smtp = await mail.listen(options.smtpPort ?? 0);
    try {
      await app.listen({ port: options.port, host: "127.0.0.1" });
    } catch (cause) {
      await smtp.close();
      throw cause;
    }
    return smtp;
  } catch (cause) {
    await app.close();
    world.close();
    throw cause;
  }
}

async function registerPart(app: FastifyInstance, part: Part, world: World): Promise<void> {
  await app.register((scope, _options, done) => {
    part.register(scope, world);
    done();
  });
}
