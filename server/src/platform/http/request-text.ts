import type { FastifyRequest } from "fastify";
import { holdsCardNumber } from "./card-number.ts";
import { problem, type Problem } from "./problem.ts";
import { sendProblem } from "./send.ts";
import type { Fastify } from "./server-type.ts";

/**
 * Refuses what a path or a query must not hold, before a handler sees it: NUL, which no text of ours can, and card
 * numbers (P2), which proxies on the way have written down often enough. Bodies are looked at as they are read.
 */
export function refuseText(fastify: Fastify): void {
  fastify.addHook("preValidation", (request, reply, done) => {
    const refused = refusalOf(request);
    if (refused === null) return done();
    return sendProblem(request, reply, refused);
  });
}

/**
 * Whether a JSON body holds text that the database cannot keep: NUL, or half of a surrogate pair. JSON writes both as
 * an escape only, so most bodies are cleared by one look at their raw text.
 */
export function holdsUnkeepable(raw: string, parsed: unknown): boolean {
  if (!escapes.test(raw)) return false;
  const left: unknown[] = [parsed];
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (typeof value === "string" && isUnkeepable(value)) return true;
    if (typeof value !== "object" || value === null) continue;
    for (const [key, item] of Object.entries(value)) {
      if (isUnkeepable(key)) return true;
      left.push(item);
    }
  }
  return false;
}

/**
 * Whether a JSON body is nested deeper than any of ours: libraries behind us call themselves once for each level, and a
 * body of 256 KiB can have enough of them to use up the stack.
 */
export function isTooDeep(raw: string, parsed: unknown): boolean {
  if (raw.length < depthMax || !opensMany(raw)) return false;
  let level: unknown[] = [parsed];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > depthMax) return true;
    level = level.flatMap((value) =>
      typeof value === "object" && value !== null ? (Object.values(value) as unknown[]) : [],
    );
  }
  return false;
}

/** Ours have six levels at most. */
const depthMax = 32;

function opensMany(raw: string): boolean {
  let opened = 0;
  for (const bracket of ["[", "{"]) {
    for (let at = raw.indexOf(bracket); at !== -1 && opened <= depthMax; at = raw.indexOf(bracket, at + 1)) opened += 1;
  }
  return opened > depthMax;
}

export const tooDeep = problem("request_invalid", {
  message: {
    en: "The body is nested deeper than anything that is documented.",
    ko: "본문의 중첩이 문서에 적힌 형식보다 깊습니다.",
  },
});

export const unkeepable = problem("request_invalid", {
  message: {
    en: "The request holds characters that cannot be stored (NUL, or half a surrogate pair). Remove them.",
    ko: "저장할 수 없는 문자(NUL 또는 짝이 없는 서로게이트)가 있습니다. 지우고 다시 보내 주세요.",
  },
});

const escapes = /\\u(?:0000|d[89a-f])/i;

function isUnkeepable(text: string): boolean {
  return text.includes("\0") || !text.isWellFormed();
}

/** Where a list goes on is ours to say, in digits if we like. */
const ofQuery: ReadonlySet<string> = new Set(["cursor"]);

/** The key is kept for a day. Groups of a UUID can pass for a card's, so only digits that stand by themselves count. */
function isCardKey(key: string): boolean {
  const [alone] = /(?<![\w-])\d(?:[ -]?\d){12,18}(?![\w-])/.exec(key) ?? [];
  return alone !== undefined && holdsCardNumber(alone, alone, ofQuery);
}

function refusalOf(request: FastifyRequest): Problem | null {
  const { url } = request;
  const queryAt = url.indexOf("?");
  const key = request.headers["idempotency-key"];
  if (typeof key === "string" && isCardKey(key)) return problem("card_number_refused");
  if (url.includes("%00")) return queryAt !== -1 && url.indexOf("%00") > queryAt ? unkeepable : nothingThere(request);
  return queryAt !== -1 && longDigits.test(url.slice(queryAt)) ? cardInQuery(request) : null;
}

/** As for any other id that cannot be one of ours (P3). */
function nothingThere({ routeOptions }: FastifyRequest): Problem {
  const codes = routeOptions.config.muse?.errors ?? [];
  return problem(codes.find((code) => code.endsWith("_not_found") || code === "unknown_store") ?? "not_found");
}

function cardInQuery({ query, routeOptions }: FastifyRequest): Problem | null {
  const digitFields = new Set([...(routeOptions.config.muse?.digitFields ?? []), ...ofQuery]);
  return holdsCardNumber(JSON.stringify(query), query, digitFields) ? problem("card_number_refused") : null;
}

/** Thirteen digits with anything between them that may stand for a space or a dash in a URL. */
const longDigits = /\d(?:(?:[ +-]|%20|%2d|%2b)?\d){12}/i;
