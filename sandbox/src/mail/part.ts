import type { FastifyInstance } from "fastify";

import type { World } from "#core/world.ts";
import { addInboxPages } from "./inbox-pages.ts";
import { openLetters } from "./letters.ts";
import { addLetterRoutes } from "./letter-routes.ts";
import { openSmtp, type Smtp } from "./smtp.ts";

export type Mail = {
  /** Starts the SMTP server; rejects with the system's error when the port is taken. */
  listen(port: number): Promise<Smtp>;
};

/** A mail server and its inbox. Unlike the other parts it has a port of its own, which opens after theirs. */
export function addMail(app: FastifyInstance, world: World): Mail {
  const letters = openLetters(world);
  let smtp: Smtp | undefined;
  addLetterRoutes(app, letters);
  addInboxPages(app, letters, () => smtpUrlOf(smtp));
  app.get("/mail/config", () => ({ smtpUrl: smtpUrlOf(smtp), port: smtp?.port ?? null }));
  return {
    async listen(port) {
      smtp = await openSmtp(world, letters, port);
      return smtp;
    },
  };
}

function smtpUrlOf(smtp: Smtp | undefined): string | null {
  return smtp === undefined ? null : `smtp://127.0.0.1:${smtp.port}`;
}
