import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { ReferenceFile } from "./draw-reference-page.ts";
import type { Fastify as FastifyServer } from "./server-type.ts";

const prefix = "/api/docs";

/** Whatever the page's script would like to fetch from elsewhere (fonts, telemetry, a proxy), the browser refuses. */
const contentSecurityPolicy =
  "default-src 'self' 'unsafe-inline' data: blob:; connect-src 'self'; frame-ancestors 'self'";

/**
 * The page to browse the reference with. Its library takes more memory than all the rest of the API: it is loaded when
 * somebody first opens the page, into a thread that ends once it has drawn the files, which are kept outside the heap.
 */
export function serveReferencePage(fastify: FastifyServer): void {
  let files: Promise<ReadonlyMap<string, ReferenceFile>> | undefined;
  fastify.get(prefix, { schema: { hide: true } }, (_, reply) => reply.redirect(`${prefix}/`, 301));
  fastify.get(`${prefix}/*`, { schema: { hide: true } }, async (request, reply) => {
    files ??= drawFiles().catch((error: unknown) => {
      files = undefined;
      throw error;
    });
    const file = (await files).get(request.url.split("?", 1)[0] ?? prefix);
    if (file === undefined) return reply.callNotFound();
    return reply
      .header("content-type", file.type)
      .header("content-security-policy", contentSecurityPolicy)
      .header("cache-control", "public, max-age=3600")
      .send(Buffer.from(file.body.buffer, file.body.byteOffset, file.body.byteLength));
  });
}

async function drawFiles(): Promise<ReadonlyMap<string, ReferenceFile>> {
  const drawing = new Worker(new URL("./draw-reference-page.ts", import.meta.url), { workerData: { prefix } });
  const [files] = (await once(drawing, "message")) as [readonly ReferenceFile[]];
  return new Map(files.map((file) => [file.url, file]));
}
