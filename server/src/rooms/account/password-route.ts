import { randomUUID } from "node:crypto";
import { PasswordChosen, PasswordWish } from "@muse/contracts/people";
import { hashPassword } from "better-auth/crypto";
import { answer, problem } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { passwordPut } from "./people.sql.gen.ts";
import { credentialOf, tokenOf, type SessionWire } from "./session-cookie.ts";

/** Whoever finds a browser that was left open must not make its account theirs for good. */
const freshForS = 900;

/**
 * A first password. A link that shows an address to be somebody's takes away the password that was there before:
 * whoever signed up may have been somebody else. Without one nobody can set up the second factor that the desk wants.
 */
export function passwordRoute(http: HttpServer, wire: SessionWire): void {
  route(
    http,
    {
      method: "POST",
      url: "/api/v1/account/password",
      summary: "Choose a password where there is none",
      description:
        "For who signed in by a mailed link, within a quarter of an hour. Who has one changes it at " +
        "`/api/auth/change-password`.",
      tags: ["Account"],
      auth: "signed_in",
      body: PasswordWish,
      reply: PasswordChosen,
      statuses: [201],
      errors: ["password_known", "sign_in_stale", "not_signed_in"],
      // Each is a tenth of a second of the processor's.
      limits: [{ per: "account", windowS: 60, countMax: 10 }],
    },
    async ({ db, body, request }) => {
      const credential = credentialOf(request.raw.headers, wire.cookieName);
      const token = credential === null ? null : tokenOf(credential, wire.secret);
      if (token === null) return problem("not_signed_in");
      const passwordHash = await hashPassword(body.password);
      const put = await passwordPut(db, { token, freshForS, signInId: randomUUID(), passwordHash });
      if (put === null) return problem("not_signed_in");
      if (!put.isFresh) return problem("sign_in_stale");
      return put.isPut ? answer({ hasPassword: true as const }, { status: 201 }) : problem("password_known");
    },
  );
}
