import type { FastifyReply, FastifyRequest } from "fastify";

import { positionNow, type Screens } from "../web/gate.ts";
import { html, type Html } from "../web/html.ts";
import type { Shop } from "../web/shop.ts";

/** What Pinecrest shows instead of a page: bare pages of their own, as from a service in front of the shop. */
export function pineScreens(shop: Shop): Screens {
  const bare = (reply: FastifyReply, status: number, title: string, body: Html): FastifyReply =>
    reply
      .code(status)
      .type("text/html; charset=utf-8")
      .send(
        html`<!doctype html>
          <html lang="en">
            <head>
              <meta charset="utf-8" />
              <meta name="viewport" content="width=device-width, initial-scale=1" />
              <meta name="robots" content="noindex" />
              <title>${title}</title>
              <link rel="stylesheet" href="${shop.base}/static/pine.css" />
            </head>
            <body class="bare">
              <div class="bare-card" role="main">
                <h1>${title}</h1>
                ${body}
              </div>
            </body>
          </html>`.html,
      );
  return {
    pagesMax: 45,
    tooFast(_request, reply, retryAfterS) {
      void reply.header("retry-after", String(retryAfterS));
      return bare(
        reply,
        429,
        "Too many requests",
        html`<p>Our small server cannot keep up with you. Please wait ${retryAfterS} seconds.</p>`,
      );
    },
    broken: (_request, reply) =>
      bare(reply, 500, "Internal error", html`<p>A shelf fell over. We are picking it up: try again shortly.</p>`),
    captcha: (request, reply) => bare(reply, 403, "Checking that you are human", challenge(shop, request)),
    queue: (_request, reply, place) =>
      bare(reply, 200, "You are in the queue", waiting(shop, positionNow(place, shop.retail.world.now()))),
    loseLogin(session) {
      const { accountId } = session.read();
      if (accountId !== null) session.change({ accountId: null, signedInUntilMs: 0 });
      else session.forget();
      const notice = "Your session has ended. Please begin again.";
      session.change({ flash: { errors: {}, values: {}, notice } });
    },
  };
}

function challenge(shop: Shop, request: FastifyRequest): Html {
  const back = request.method === "GET" ? request.url : `${shop.base}/bag`;
  return html`<p>Unusual traffic came from your network. Type what you see to go on to Pinecrest Books.</p>
    <form method="post" action="${shop.base}/challenge" id="challenge-form" data-sitekey="pinecrest-books">
      <img src="${shop.base}/challenge.svg" width="270" height="80" alt="Distorted letters" />
      <input type="hidden" name="back" value="${back}" />
      <p>
        <label for="captcha-answer">The five letters</label>
        <input id="captcha-answer" name="answer" autocomplete="off" />
      </p>
      <input type="submit" value="Verify" />
    </form>
    <p class="fine">Security check. Reference ${shop.sessions.idOf(request)?.slice(0, 8) ?? "none"}.</p>`;
}

function waiting(shop: Shop, position: number): Html {
  return html`<p>
      Tonight’s signing has filled the shop. When it is your turn this page goes on by itself; please do not reload.
    </p>
    <p class="position"><output id="queue-position" data-position="${position}">${position}</output> before you</p>
    <div class="queue-line" aria-hidden="true"><i></i></div>
    <noscript><p>Without JavaScript, come back to this page in a minute.</p></noscript>
    <script>
      const shown = document.getElementById("queue-position");
      const look = async () => {
        const { position } = await (await fetch("${shop.base}/queue-position")).json();
        shown.textContent = position;
        shown.dataset.position = position;
        if (position > 0) setTimeout(look, 1000);
        else location.reload();
      };
      setTimeout(look, 1000);
    </script>`;
}
