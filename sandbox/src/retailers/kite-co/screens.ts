import type { FastifyReply, FastifyRequest } from "fastify";

import { positionNow, type Screens } from "../web/gate.ts";
import { html } from "../web/html.ts";
import type { Shop } from "../web/shop.ts";
import { sendShell } from "./shell.ts";

/** What Kite & Co. answers instead: to its own page in JSON, to a browser that comes in by an address with a page. */
export function kiteScreens(shop: Shop): Screens {
  const isCall = (request: FastifyRequest): boolean => request.url.startsWith(`${shop.base}/api/`);
  const page = (reply: FastifyReply, status: number, title: string, text: string): FastifyReply =>
    reply
      .code(status)
      .type("text/html; charset=utf-8")
      .send(
        html`<!doctype html>
          <html lang="en">
            <head>
              <meta charset="utf-8" />
              <meta name="viewport" content="width=device-width, initial-scale=1" />
              <title>${title} | Kite &amp; Co.</title>
              <link rel="stylesheet" href="${shop.base}/app/style.css" />
            </head>
            <body>
              <main class="oops">
                <img src="${shop.base}/app/kite.svg" alt="" width="96" height="96" />
                <h1>${title}</h1>
                <p>${text}</p>
              </main>
            </body>
          </html>`.html,
      );
  return {
    // A view asks for two or three things at once.
    pagesMax: 120,
    tooFast(request, reply, retryAfterS) {
      void reply.header("retry-after", String(retryAfterS));
      if (isCall(request))
        return reply.code(429).send({ error: "too_fast", message: "Easy! Wait a moment.", retryAfterS });
      return page(reply, 429, "Whoa, not so fast!", `Too many requests. Try again in ${retryAfterS} seconds.`);
    },
    broken(request, reply) {
      if (isCall(request)) return reply.code(500).send({ error: "broken", message: "Something snapped on our side." });
      return page(reply, 500, "The string snapped", "Something broke on our side. Please come back in a minute.");
    },
    captcha(request, reply) {
      if (!isCall(request)) return sendShell(shop, request, reply, { title: "Kite & Co.", head: null });
      return reply.code(403).send({ error: "captcha", message: "Quick check: are you a person?" });
    },
    queue(request, reply, place) {
      if (!isCall(request)) return sendShell(shop, request, reply, { title: "Kite & Co.", head: null });
      const position = positionNow(place, shop.retail.world.now());
      return reply
        .code(503)
        .header("retry-after", "2")
        .send({ error: "queue", message: "It is busy today.", position });
    },
    loseLogin(session) {
      if (session.read().signedInUntilMs > 0) session.change({ accountId: null, signedInUntilMs: 1 });
    },
  };
}
