import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { extname } from "node:path";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml; charset=utf-8",
};

/** Serves the named files of a folder, each under its own name. They are read once: they change with the program. */
export function addAssets(app: FastifyInstance, path: string, folder: URL, files: readonly string[]): void {
  for (const file of files) {
    const text = readFileSync(new URL(file, folder), "utf8");
    const type = types[extname(file)] ?? "text/plain; charset=utf-8";
    app.get(`${path}/${file}`, (request, reply) => sendCached(request, reply, type, text));
  }
}

/** Sends what seldom changes: kept for a while, then asked for again by its ETag. */
export function sendCached(request: FastifyRequest, reply: FastifyReply, type: string, text: string): FastifyReply {
  const etag = `"${hash("sha1", text, "base64url")}"`;
  void reply.header("etag", etag).header("cache-control", "public, max-age=3600, stale-while-revalidate=86400");
  if (request.headers["if-none-match"] === etag) return reply.code(304).send();
  return reply.type(type).send(text);
}
