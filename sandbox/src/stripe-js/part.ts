import type { FastifyInstance, FastifyReply } from "fastify";

import type { Part } from "#core/part.ts";
import { browserFile, classicScript } from "./browser-scripts.ts";
import { drawFramePage, drawTryPage } from "./pages.ts";

/** Paths that a page may load Stripe.js from: `/v3/`, `/v3`, and a release's name (`/basil/stripe.js`). */
const scriptPaths: readonly string[] = ["/v3", "/v3/", "/:release/stripe.js"];

/** Stripe's own pages cache the script for a minute, so that a fix is everywhere soon. */
const cacheSeconds = 60;

/** Stripe.js and the pages of its frames: what a shopper's browser sees of Stripe. */
export const stripeJs: Part = {
  name: "stripe-js",
  register(app) {
    for (const path of scriptPaths) addScript(app, path);
    addFrames(app);
    app.get("/stripe-js/try", (_request, reply) => reply.type("text/html; charset=utf-8").send(drawTryPage()));
  },
};

function addScript(app: FastifyInstance, path: string): void {
  app.get<{ Params: { readonly release?: string } }>(
    path,
    { config: { part: "stripe-js", endpoint: "script" } },
    (request, reply) => {
      const release = request.params.release ?? "v3";
      if (!/^(v3|[a-z]+)$/.test(release)) return reply.code(404).send({ error: "no such release" });
      const lastWords = `modules["page/define.ts"].defineStripe(document.currentScript, ${JSON.stringify(release)});`;
      return asset(reply, "text/javascript").send(classicScript("page/define.ts", lastWords));
    },
  );
}

function addFrames(app: FastifyInstance): void {
  app.get<{ Params: { readonly name: string } }>(
    "/stripe-js/frames/:name",
    { config: { part: "stripe-js", endpoint: "frame" } },
    (request, reply) => {
      const page = drawFramePage(request.params.name);
      if (page === undefined) return reply.code(404).send({ error: "no such frame" });
      return framePage(reply).send(page);
    },
  );
  app.get<{ Params: { readonly "*": string } }>("/stripe-js/assets/*", (request, reply) => {
    const name = request.params["*"];
    const source = browserFile(name);
    if (source === undefined) return reply.code(404).send({ error: "no such file" });
    return asset(reply, name.endsWith(".css") ? "text/css" : "text/javascript").send(source);
  });
}

/** Anybody may load these, from any origin. */
function asset(reply: FastifyReply, type: string): FastifyReply {
  return reply
    .type(`${type}; charset=utf-8`)
    .header("cache-control", `public, max-age=${cacheSeconds}`)
    .header("access-control-allow-origin", "*")
    .header("cross-origin-resource-policy", "cross-origin")
    .header("timing-allow-origin", "*")
    .header("x-content-type-options", "nosniff");
}

/** A page that any shop may frame, and that runs and reaches nothing but its own origin. Fonts are the shop's. */
function framePage(reply: FastifyReply): FastifyReply {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src * 'unsafe-inline'",
    "font-src * data:",
    "connect-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors *",
  ];
  return reply
    .type("text/html; charset=utf-8")
    .header("content-security-policy", policy.join("; "))
    .header("cross-origin-resource-policy", "cross-origin")
    .header("referrer-policy", "no-referrer")
    .header("x-content-type-options", "nosniff")
    .header("cache-control", "no-cache");
}
