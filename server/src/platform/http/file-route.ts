import { Readable } from "node:stream";
import { errors, type ErrorCode } from "@muse/contracts/error";
import type { z } from "zod";
import type { Auth } from "./account.ts";
import { documented } from "./openapi.ts";
import { assert } from "#kernel/assert.ts";
import { Problem } from "./problem.ts";
import type { RequestHeader } from "./request-headers.ts";
import { contextOf, ensureAccount, notesOf, type RouteContext, type RouteSpec } from "./route.ts";
import { takeRouteLimits } from "./route-limits.ts";
import { sendProblem } from "./send.ts";
import type { HttpServer } from "./server-type.ts";

/** Something other than JSON: a receipt, a page, a file. */
export type File = {
  readonly contentType: string;
  readonly content: string | Buffer | Readable;
  /** 200 where none is given: one of the route's `statuses`, or that of a refusal it names. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
};

export type FileRouteSpec<A extends Auth, P, Q, B, C extends ErrorCode, W, H extends RequestHeader = never> = Omit<
  RouteSpec<A, P, Q, B, z.ZodType, C, undefined, W, FileStatus, H>,
  "reply" | "idempotent"
> & {
  /** The content types it may answer. */
  readonly produces: readonly string[];
};

/** How a file comes, or does not: whole, nothing more to tell, a part, a part that there is not. */
export type FileStatus = 200 | 204 | 206 | 416;

/**
 * An endpoint that answers something other than the JSON envelope; its refusals are the same as everywhere. The
 * handler answers a `File`, `problem(…)`, or `"taken"` once it writes to the connection itself (server-sent events).
 */
export function fileRoute<
  const A extends Auth,
  const C extends ErrorCode = never,
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  const W extends boolean = false,
  const H extends RequestHeader = never,
>(
  http: HttpServer,
  spec: FileRouteSpec<A, P, Q, B, C, W, H>,
  handler: (
    context: RouteContext<A, P, Q, B, undefined, W, NoInfer<H>>,
  ) => Promise<File | Problem<NoInfer<C>> | "taken">,
): void {
  const notes = notesOf(spec);
  const named = new Set([...notes.statuses, ...spec.errors.map((code) => errors[code].status)]);
  http.fastify.route({
    method: spec.method,
    url: spec.url,
    config: { muse: notes },
    schema: documented(spec),
    handler: async (request, reply) => {
      takeRouteLimits(http, request, spec.limits ?? []);
      await ensureAccount(http, request, reply, spec.auth);
      const context = contextOf(request, reply, http.db, null) as unknown as RouteContext<A, P, Q, B, undefined, W, H>;
      const result = await handler(context);
      if (result === "taken") return reply;
      if (result instanceof Problem) return sendProblem(request, reply, result);
      const { status = 200 } = result;
      assert(named.has(status), `${spec.url}: answers ${status}, which its description does not name`);
      for (const [name, value] of Object.entries(result.headers ?? {})) reply.header(name, value);
      reply.code(status).header("content-type", result.contentType);
      if (request.method !== "HEAD" || !(result.content instanceof Readable)) return reply.send(result.content);
      // Fastify would read it to its end to throw it away.
      result.content.destroy();
      return reply.send(Readable.from([]));
    },
  });
}
