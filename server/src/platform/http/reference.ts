import swagger from "@fastify/swagger";
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from "fastify-type-provider-zod";
import { nothing } from "./openapi.ts";
import { serveReferencePage } from "./reference-page.ts";
import { jsonType } from "./send.ts";
import type { Fastify } from "./server-type.ts";

export type ReferenceOptions = { readonly version: string; readonly serverUrl: string };

/**
 * The OpenAPI 3.1 document at `/api/openapi.json`, made from the very schemas the routes validate with, and the page
 * to browse it at `/api/docs`. Its script is served from here: it works with no network.
 *
 * Call it before the routes are hung, as the document is collected while they are.
 */
export async function serveReference(fastify: Fastify, options: ReferenceOptions): Promise<void> {
  await fastify.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Muse Checkout", version: options.version, description: introduction },
      servers: [{ url: options.serverUrl }],
      components: {
        securitySchemes: {
          cookie: { type: "apiKey", in: "cookie", name: "muse.session_token", description: "The browser's session." },
          bearer: { type: "http", scheme: "bearer", description: "The token that signing in answers." },
        },
      },
    },
    transform: (document) => transformed(document),
    transformObject: createJsonSchemaTransformObject({}),
  });
  let text: string | undefined;
  fastify.get("/api/openapi.json", { schema: { hide: true } }, (_, reply) => {
    text ??= JSON.stringify(fastify.swagger());
    return reply.header("content-type", jsonType).header("cache-control", "public, max-age=60").send(text);
  });
  serveReferencePage(fastify);
}

const introduction =
  "One cart, many stores, one payment. Every answer carries `X-Request-Id`; errors have a `code` that never changes and a " +
  "`message` in the language of `Accept-Language` (`en`, `ko`). Money is an integer in the currency's minor unit.";

const toJsonSchema = createJsonSchemaTransform({});
type Document = Parameters<typeof toJsonSchema>[0];

function transformed(document: Document): ReturnType<typeof toJsonSchema> {
  const notes = document.route?.config?.muse;
  // Only what is described is shown: neither the page's own files nor what answers machines alone.
  if (notes === undefined || document.schema === undefined) return { schema: { hide: true }, url: document.url };
  const { body, ...rest } = document.schema;
  const shown = body === nothing || body === undefined ? rest : document.schema;
  const { schema, url } = toJsonSchema({ ...document, schema: shown } as Document);
  return { schema: notes.isIdempotent ? { ...schema, headers: idempotencyHeader } : schema, url };
}

const idempotencyHeader = {
  type: "object",
  properties: {
    "Idempotency-Key": {
      type: "string",
      minLength: 1,
      maxLength: 255,
      description: "The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours.",
    },
  },
};
