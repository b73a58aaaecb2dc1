import { hash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { WireAnswer } from "./idempotency.ts";
import { sendWire } from "./send.ts";

/** How long an answer that has gone stale may still be shown while a new one is fetched, in seconds. */
const staleForS = 300;

/**
 * Answers what is the same for everybody: with a tag of its content, and 304 without it to whoever has it already. It
 * is written in the reader's language, so the language is part of what it is kept under. A refusal is not kept.
 */
export function sendPublic(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: WireAnswer,
  publicForS: number,
): FastifyReply {
  if (answer.status !== 200) return sendWire(reply, answer);
  const tag = `"${hash("sha256", answer.body, "base64url").slice(0, 22)}"`;
  reply.header("etag", tag);
  reply.header("cache-control", `public, max-age=${publicForS}, stale-while-revalidate=${staleForS}`);
  reply.header("vary", "accept-language");
  return isKnown(request.headers["if-none-match"], tag) ? reply.code(304).send() : sendWire(reply, answer);
}

/** Weak comparison, as RFC 9110 has it for reads. */
function isKnown(header: string | undefined, tag: string): boolean {
  return (
    header !== undefined &&
    header.split(",").some((known) => known.trim().replace(/^W\//, "") === tag || known.trim() === "*")
  );
}
