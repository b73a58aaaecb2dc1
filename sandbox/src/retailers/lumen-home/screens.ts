import type { FastifyReply, FastifyRequest } from "fastify";

import { positionNow, type Screens } from "../web/gate.ts";
import { html, type Html } from "../web/html.ts";
import type { Shop } from "../web/shop.ts";
import { sendPage } from "./frame.ts";

/** What Lumen Home shows when it cannot, or will not, show the page that was asked for. */
export function lumenScreens(shop: Shop): Screens {
  const say = (request: FastifyRequest, reply: FastifyReply, status: number, title: string, body: Html): FastifyReply =>
    sendPage(shop, request, reply, {
      title,
      status,
      isPlain: true,
      body: html`<section class="said">
        <h1>${title}</h1>
        ${body}
      </section>`,
    });
  return {
    pagesMax: 45,
    tooFast(request, reply, retryAfterS) {
      void reply.header("retry-after", String(retryAfterS));
      const body = html`<p>
          You are turning pages faster than we can. Please wait ${retryAfterS} seconds and try again.
        </p>
        <p class="small">Error 429: too many requests.</p>`;
      return say(request, reply, 429, "One moment, please", body);
    },
    broken(request, reply) {
      const body = html`<p>Something went wrong on our side, and we have been told. Please try again in a minute.</p>
        <p class="small">Error 500.</p>`;
      return say(request, reply, 500, "The lights went out", body);
    },
    captcha(request, reply) {
      const body = html`<p>Before you go on: please type the letters in the picture.</p>
        <form method="post" action="${shop.base}/captcha" class="captcha" id="captcha-form">
          <img src="${shop.base}/captcha.svg" width="270" height="80" alt="Five letters to type" />
          <input type="hidden" name="to" value="${request.method === "GET" ? request.url : `${shop.base}/cart`}" />
          <label for="captcha">Letters</label>
          <input id="captcha" name="answer" autocomplete="off" required />
          <button type="submit">I am a person</button>
        </form>`;
      return say(request, reply, 403, "Are you a person?", body);
    },
    queue(request, reply, place) {
      const left = positionNow(place, shop.retail.world.now());
      void reply.header("refresh", "2");
      const body = html`<p>Many people are shopping at the moment. There are <strong>${left}</strong> before you.</p>
        <p>Keep this page open: it lets you in by itself.</p>`;
      return say(request, reply, 200, "You are in line", body);
    },
    loseLogin(session) {
      session.forget();
      session.change({
        flash: {
          errors: {},
          values: {},
          notice: "Your visit timed out and your basket was put back. Please start again.",
        },
      });
    },
  };
}
