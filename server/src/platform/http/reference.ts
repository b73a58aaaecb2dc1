import type { RouteOptions } from "fastify";
import type { ReferenceOptions } from "./reference-options.ts";
import { serveReferencePage } from "./reference-page.ts";
import { jsonType } from "./send.ts";
import type { Fastify } from "./server-type.ts";

/**
 * The OpenAPI 3.1 document at `/api/openapi.json`, made from the very schemas the routes validate with, and the page
 * to browse it at `/api/docs`. It notes each route as it is hung and writes the document when it is first asked for:
 * a program that nobody asks pays nothing.
 */
export function serveReference(fastify: Fastify, options: ReferenceOptions): void {
  const routes: RouteOptions[] = [];
  fastify.addHook("onRoute", (hung) => {
    // Only what is described is shown: neither the page's own files nor what answers machines alone.
    if (hung.config?.muse !== undefined && hung.schema !== undefined && hung.method !== "HEAD")
      routes.push({ ...hung });
  });
  let text: Promise<string> | undefined;
  fastify.get("/api/openapi.json", async (_, reply) => {
    text ??= import("./openapi-document.ts").then(({ openapiDocument }) => openapiDocument(routes, options));
    return reply
      .header("content-type", jsonType)
      .header("cache-control", "public, max-age=60")
      .send(await text);
  });
  serveReferencePage(fastify);
}
