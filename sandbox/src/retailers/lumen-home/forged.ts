import type { FastifyReply, FastifyRequest } from "fastify";

import { html } from "../web/html.ts";
import type { Shop } from "../web/shop.ts";
import { sendPage } from "./frame.ts";

/** A form of another visit, or of nobody's: nothing is done. */
export function refuseForged(shop: Shop, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const body = html`<section class="said">
    <h1>This form has expired</h1>
    <p>For your safety nothing was done. <a href="${shop.base}/cart">Back to your basket</a></p>
  </section>`;
  return sendPage(shop, request, reply, { title: "This form has expired", status: 403, isPlain: true, body });
}
