import Fastify, { type FastifyInstance } from "fastify";
import type { Fastify as FastifyServer } from "./server-type.ts";

const prefix = "/api/docs";

/** Whatever the page's script would like to fetch from elsewhere (fonts, telemetry, a proxy), the browser refuses. */
const contentSecurityPolicy =
  "default-src 'self' 'unsafe-inline' data: blob:; connect-src 'self'; frame-ancestors 'self'";

/**
 * The page to browse the reference with. Its library takes 28 MB and a tenth of a second, so it is loaded when somebody
 * first opens the page, into a server of its own that never listens.
 */
export function serveReferencePage(fastify: FastifyServer): void {
  let page: Promise<FastifyInstance> | undefined;
  const handler = async (url: string) => {
    page ??= openPage();
    return (await page).inject({ method: "GET", url });
  };
  fastify.get(prefix, { schema: { hide: true } }, (_, reply) => reply.redirect(`${prefix}/`, 301));
  fastify.get(`${prefix}/*`, { schema: { hide: true } }, async (request, reply) => {
    const shown = await handler(request.url.split("?", 1)[0] ?? prefix);
    if (shown.statusCode !== 200) return reply.callNotFound();
    return reply
      .header("content-type", shown.headers["content-type"])
      .header("content-security-policy", contentSecurityPolicy)
      .header("cache-control", "public, max-age=3600")
      .send(shown.rawPayload);
  });
}

async function openPage(): Promise<FastifyInstance> {
  const { default: scalar } = await import("@scalar/fastify-api-reference");
  const page = Fastify();
  await page.register(scalar, {
    routePrefix: prefix,
    configuration: {
      url: "/api/openapi.json",
      pageTitle: "Muse Checkout API",
      withDefaultFonts: false,
      telemetry: false,
      agent: { disabled: true },
      proxyUrl: "",
      // The maker's own offers, which need its servers.
      hideClientButton: true,
      showDeveloperTools: "never",
      mcp: { disabled: true },
    },
  });
  await page.ready();
  return page;
}
