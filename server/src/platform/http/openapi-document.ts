import swagger from "@fastify/swagger";
import Fastify, { type RouteOptions } from "fastify";
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from "fastify-type-provider-zod";
import { nothing } from "./openapi.ts";
import type { ReferenceOptions } from "./reference-options.ts";

/** The document as JSON. It is collected on a server of its own, which never listens and answers nothing. */
export async function openapiDocument(routes: readonly RouteOptions[], options: ReferenceOptions): Promise<string> {
  const collector = Fastify();
  collector.setValidatorCompiler(() => () => true);
  collector.setSerializerCompiler(() => () => "");
  await collector.register(swagger, {
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
  for (const { method, url, schema, config } of routes) {
    collector.route({ method, url, schema, config, exposeHeadRoute: false, handler: () => null } as RouteOptions);
  }
  await collector.ready();
  const text = JSON.stringify(collector.swagger());
  await collector.close();
  return text;
}

const introduction =
  "One cart, many stores, one payment. Every answer carries `X-Request-Id`; errors have a `code` that never changes " +
  "and a `message` in the language of `Accept-Language` (`en`, `ko`). Money is an integer in the currency's minor unit.";

const toJsonSchema = createJsonSchemaTransform({});

function transformed(document: Parameters<typeof toJsonSchema>[0]): ReturnType<typeof toJsonSchema> {
  const { body, ...rest } = document.schema;
  const shown = body === nothing || body === undefined ? rest : document.schema;
  const { schema, url } = toJsonSchema({ ...document, schema: shown });
  const isIdempotent = document.route.config?.muse?.isIdempotent === true;
  return { schema: isIdempotent ? { ...schema, headers: idempotencyHeader } : schema, url };
}

const idempotencyHeader = {
  type: "object",
  properties: {
    "Idempotency-Key": {
      type: "string",
      minLength: 1,
      maxLength: 255,
      description:
        "The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours.",
    },
  },
};
