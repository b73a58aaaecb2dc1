import type { FastifyInstance, FastifyReply } from "fastify";

import { browserFile, classicScript } from "../stripe-js/browser-scripts.ts";

const frames: Readonly<Record<string, { readonly title: string; readonly script: string }>> = {
  methods: { title: "결제수단", script: "methods-frame.ts" },
  agreement: { title: "약관", script: "agreement-frame.ts" },
};

/** `https://js.tosspayments.com/v2/standard` and the frames that it puts into a shop's page. */
export function addBrowserScript(app: FastifyInstance): void {
  app.get("/v2/standard", { config: { part: "toss-js", endpoint: "script" } }, (_request, reply) =>
    asset(reply, "text/javascript").send(
      classicScript("toss/standard.ts", `modules["toss/standard.ts"].defineToss(document.currentScript);`),
    ),
  );
  app.get<{ Params: { readonly name: string } }>(
    "/toss-js/frames/:name",
    { config: { part: "toss-js", endpoint: "frame" } },
    (request, reply) => {
      const frame = Object.hasOwn(frames, request.params.name) ? frames[request.params.name] : undefined;
      if (frame === undefined) return reply.code(404).send({ error: "no such frame" });
      return framePage(reply).send(`<!doctype html>
<html lang="ko"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${frame.title}</title>
<link rel="stylesheet" href="/toss-js/assets/frames.css">
<script type="module" src="/toss-js/assets/${frame.script}"></script>
<body><div id="root"></div></html>`);
    },
  );
  app.get<{ Params: { readonly name: string } }>("/toss-js/assets/:name", (request, reply) => {
    const { name } = request.params;
    const source = browserFile(`toss/${name}`);
    if (source === undefined) return reply.code(404).send({ error: "no such file" });
    return asset(reply, name.endsWith(".css") ? "text/css" : "text/javascript").send(source);
  });
}

/** Anybody may load these, from any origin. */
function asset(reply: FastifyReply, type: string): FastifyReply {
  return reply
    .type(`${type}; charset=utf-8`)
    .header("cache-control", "public, max-age=60")
    .header("access-control-allow-origin", "*")
    .header("cross-origin-resource-policy", "cross-origin")
    .header("x-content-type-options", "nosniff");
}

/** A page that any shop may frame, and that runs and reaches nothing but its own origin. */
function framePage(reply: FastifyReply): FastifyReply {
  return reply
    .type("text/html; charset=utf-8")
    .header(
      "content-security-policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; frame-ancestors *",
    )
    .header("cross-origin-resource-policy", "cross-origin")
    .header("referrer-policy", "no-referrer")
    .header("x-content-type-options", "nosniff")
    .header("cache-control", "no-cache");
}
