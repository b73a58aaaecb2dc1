import { EmailBody, EmailSet, SessionParams } from "@muse/contracts/checkout";
import { unreachable } from "#kernel/assert.ts";
import { problem } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { changeContact } from "./session-commands.ts";

/** An address that was mistyped would send every mail about the purchase to nobody, or to somebody else. */
export function contactRoute(http: HttpServer): void {
  route(
    http,
    {
      method: "PUT",
      url: "/api/v1/checkout/sessions/:sessionId/email",
      summary: "Correct the e-mail address of a checkout",
      description:
        "Before the purchase and after it, until everything has been delivered or has ended. What is sent from then on goes to the new address.",
      tags: ["Checkout"],
      auth: "shopper",
      params: SessionParams,
      body: EmailBody,
      reply: EmailSet,
      errors: ["session_not_found", "session_expired", "session_cancelled", "session_closed", "rate_limited"],
      // Each may cause mail to an address that nobody has proved to be theirs.
      limits: [{ per: "account", windowS: 3_600, countMax: 20 }],
    },
    async ({ db, account, params, body }) => {
      const changed = await changeContact(db, { ...params, ...account, email: body.email });
      switch (changed.kind) {
        case "changed":
          return { sessionId: params.sessionId, email: body.email };
        case "not_found":
          return problem("session_not_found");
        case "expired":
          return problem("session_expired");
        case "cancelled":
          return problem("session_cancelled");
        case "completed":
        case "failed":
          return problem("session_closed");
        case "too_often":
          return problem("rate_limited", { retryAfterS: 86_400 });
        default:
          return unreachable(changed.kind);
      }
    },
  );
}
