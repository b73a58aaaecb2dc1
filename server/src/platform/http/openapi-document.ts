import swagger from "@fastify/swagger";
import Fastify, { type RouteOptions } from "fastify";
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from "fastify-type-provider-zod";
import { z } from "zod";
import { nothing } from "./openapi.ts";
import { requestHeaders, type RequestHeader } from "./request-headers.ts";
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
  const text = JSON.stringify(finished(collector.swagger() as Shown, routes));
  await collector.close();
  return text;
}

const introduction =
  "One cart, many stores, one payment. Every answer carries `X-Request-Id`; errors have a `code` that never changes " +
  "and a `message` in the language of `Accept-Language` (`en`, `ko`). Money is an integer in the currency's minor unit.";

const toJsonSchema = createJsonSchemaTransform({});

function transformed(document: Parameters<typeof toJsonSchema>[0]): ReturnType<typeof toJsonSchema> {
  const { body, ...rest } = document.schema;
  const { headers = [], shownBody = null } = document.route.config?.muse ?? {};
  const shown = shownBody?.schema ?? (body === nothing ? undefined : body);
  const { schema, url } = toJsonSchema({
    ...document,
    schema: shown === undefined ? rest : { ...rest, body: shown },
  });
  const parameters = headers.length === 0 ? {} : { headers: headersOf(headers) };
  return { schema: { ...schema, ...parameters, ...(shownBody === null ? {} : { consumes: [shownBody.type] }) }, url };
}

function headersOf(names: readonly RequestHeader[]) {
  const properties = names.map((name) => {
    const { maxLength, description } = requestHeaders[name];
    return [name, { type: "string", minLength: 1, ...(maxLength === null ? {} : { maxLength }), description }] as const;
  });
  return { type: "object", properties: Object.fromEntries(properties) };
}

type Shown = { paths?: Record<string, Record<string, Operation>> };
type Operation = { requestBody?: { required?: boolean } };

/** What the collector cannot know: which bodies may be left out. */
function finished(document: Shown, routes: readonly RouteOptions[]): Shown {
  const optional = new Set(routes.filter(mayLackBody).map(({ method, url }) => `${String(method)} ${url}`));
  for (const [path, operations] of Object.entries(document.paths ?? {})) {
    for (const [method, { requestBody }] of Object.entries(operations)) {
      const name = `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`;
      if (requestBody !== undefined) requestBody.required = !optional.has(name);
    }
  }
  return document;
}

function mayLackBody({ schema, config }: RouteOptions): boolean {
  const body = config?.muse?.shownBody?.schema ?? schema?.body;
  return body instanceof z.ZodType && body.safeParse(undefined).success;
}
