/**
 * Draws the files of the reference's page and ends. A thread of its own: the library is 28 MB of heap, which belongs to
 * nobody's orders.
 */
import { parentPort, workerData } from "node:worker_threads";
import scalar from "@scalar/fastify-api-reference";
import Fastify from "fastify";
import { must } from "#kernel/assert.ts";

export type ReferenceFile = { readonly url: string; readonly type: string; readonly body: Uint8Array<ArrayBuffer> };

const { prefix } = workerData as { readonly prefix: `/${string}` };

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

const files = [await draw(`${prefix}/`), await draw(`${prefix}/js/scalar.js`)];
must(parentPort, "a thread of the API's").postMessage(
  files,
  files.map(({ body }) => body.buffer),
);

async function draw(url: string): Promise<ReferenceFile> {
  const drawn = await page.inject({ method: "GET", url });
  return { url, type: String(drawn.headers["content-type"]), body: Uint8Array.from(drawn.rawPayload) };
}
