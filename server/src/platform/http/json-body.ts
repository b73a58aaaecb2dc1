import type { FastifyRequest } from "fastify";
import { holdsCardNumber } from "./card-number.ts";
import { problem, ProblemError } from "./problem.ts";
import { holdsUnkeepable, isTooDeep, tooDeep, unkeepable } from "./request-text.ts";
import type { Fastify } from "./server-type.ts";

/**
 * Reads request bodies: JSON, and for routes that check a signature the bytes as they came. Everything else is 415.
 * A card number is refused here, before anything else has seen the body.
 */
export function readBodies(fastify: Fastify): void {
  fastify.removeAllContentTypeParsers();
  const parseJson = fastify.getDefaultJsonParser("error", "error");

  fastify.addContentTypeParser("application/json", { parseAs: "buffer" }, (request, bytes: Buffer, done) => {
    if (isRaw(request)) return done(null, bytes);
    // Clients send the header with an empty body too, as to `POST …/place`; what is then missing the schema says.
    if (bytes.length === 0) return done(null, undefined);
    const text = bytes.toString("utf8");
    return parseJson(request, text, (error, body) => {
      if (error !== null) return done(new ProblemError(notJson), undefined);
      if (isTooDeep(text, body)) return done(new ProblemError(tooDeep), undefined);
      const digitFields = request.routeOptions.config.muse?.digitFields ?? none;
      if (holdsCardNumber(text, body, digitFields))
        return done(new ProblemError(problem("card_number_refused")), undefined);
      if (holdsUnkeepable(text, body)) return done(new ProblemError(unkeepable), undefined);
      return done(null, body);
    });
  });

  fastify.addContentTypeParser("*", { parseAs: "buffer" }, (request, bytes: Buffer, done) => {
    if (isRaw(request)) return done(null, bytes);
    if (bytes.length === 0) return done(null, undefined);
    return done(new ProblemError(problem("unsupported_media_type")), undefined);
  });
}

const none: ReadonlySet<string> = new Set();

const notJson = problem("request_invalid", {
  message: { en: "The body is not valid JSON.", ko: "본문이 올바른 JSON이 아닙니다." },
});

function isRaw(request: FastifyRequest): boolean {
  return request.routeOptions.config.muse?.isRawBody === true;
}
