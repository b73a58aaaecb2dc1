import type { FastifyReply, FastifyRequest } from "fastify";

import { must } from "#core/assert.ts";
import type { RememberedAnswers } from "../remembered-answers.ts";
import type { Retail } from "../retail.ts";
import { findStore } from "../stores.ts";
import { ucpVersions, type UcpVersion } from "./profile.ts";
import { isSignedByPartner } from "./request-signature.ts";
import type { Sessions } from "./session.ts";

export const slug = "harbor-main";
export const base = `/retailers/${slug}`;

export type Desk = Retail & { readonly sessions: Sessions; readonly answers: RememberedAnswers };

/**
 * Who is calling, and in which version: the partner's profile URL says so when it ends in a date, else the newest.
 * Sends the refusal itself and answers undefined.
 */
export function admit(request: FastifyRequest, reply: FastifyReply): UcpVersion | undefined {
  const { apiKey, platformProfile } = must(findStore(slug), "harbor-main is a store").credentials;
  const agent = request.headers["ucp-agent"];
  const profile = /^profile="(https:\/\/[^"]+)"/.exec(typeof agent === "string" ? agent : "")?.[1];
  if (profile === undefined) {
    void reply.code(400).send({ code: "invalid_profile_url", content: 'Send UCP-Agent: profile="https://…".' });
    return undefined;
  }
  if (request.headers["x-api-key"] !== apiKey || !profile.startsWith(must(platformProfile, "a profile is on file"))) {
    void reply
      .code(401)
      .send({ code: "unauthorized", content: "The API key is missing, wrong or another platform's." });
    return undefined;
  }
  const missing = headersMissing(request, profile);
  if (missing !== undefined) {
    void reply.code(400).send({ code: "invalid_request", content: `Send ${missing}.` });
    return undefined;
  }
  if (isOfJanuary(profile) && !isSignedByPartner(request)) {
    const content = "Request-Signature is no detached JWS of yours over this body.";
    void reply.code(401).send({ code: "signature_invalid", content });
    return undefined;
  }
  const dated = /(\d{4}-\d{2}-\d{2})$/.exec(profile)?.[1] ?? ucpVersions[0];
  const version = ucpVersions.find((known) => known === dated);
  if (version === undefined) {
    void reply
      .code(422)
      .send({ code: "version_unsupported", content: `This business supports ${ucpVersions.join(", ")}.` });
  }
  return version;
}

/** What the protocol's REST binding requires of every request; the signature until it became a choice. */
function headersMissing(request: FastifyRequest, profile: string): string | undefined {
  const isWrite = request.method !== "GET";
  const needed = [
    "request-id",
    ...(isWrite ? ["idempotency-key"] : []),
    ...(isOfJanuary(profile) ? ["request-signature"] : []),
  ];
  return needed.find((name) => typeof request.headers[name] !== "string");
}

function isOfJanuary(profile: string): boolean {
  return /2026-01-\d\d$/.test(profile);
}

export function route(endpoint: string): { readonly config: { readonly part: string; readonly endpoint: string } } {
  return { config: { part: slug, endpoint } };
}
