import { hash, randomBytes, randomUUID } from "node:crypto";
import { magicLink } from "better-auth/plugins/magic-link";
import type { Language } from "@muse/contracts/error";
import type { Db } from "#platform/db/query.ts";
import { languageOf } from "#platform/http/language.ts";
import { signInLinkPut } from "./account.sql.gen.ts";

export type SignInLinkWish = { readonly email: string; readonly language: Language };

/**
 * Notes that somebody at this address wants to be let in. The composition root fills it: whoever sends mail asks
 * `mintSignInLink` for the token, when it is sent. It must take as long for a stranger's address as for a person's.
 */
export type OnSignInLink = (wish: SignInLinkWish) => Promise<void>;

/** As long as the link of a mail is good for. */
const lastsS = 15 * 60;

/**
 * Signing in by a mailed link. The library's own token is never used: it is made while the request runs, and would
 * have to wait for the mail in some table, readable. Ours is made when the mail is sent, and only its digest is
 * kept.
 */
export function signInLinks(onSignInLink: OnSignInLink) {
  return magicLink({
    storeToken: "hashed",
    expiresIn: lastsS,
    // An account is made by signing up; a link only opens one.
    disableSignUp: true,
    sendMagicLink: async ({ email }, context) => {
      const header = context?.headers?.get("accept-language") ?? undefined;
      await onSignInLink({ email: email.trim().toLowerCase(), language: languageOf(header) });
    },
  });
}

/**
 * A token that signs the person with this address in, once, through the library's `GET /api/auth/magic-
 * link/verify`. Null where there is no such person, or one with a second factor, which a link would go round.
 */
export async function mintSignInLink(db: Db, email: string, goodForS: number): Promise<string | null> {
  const token = randomBytes(24).toString("base64url");
  const put = await signInLinkPut(db, {
    id: randomUUID(),
    email: email.toLowerCase(),
    // As the library digests them ("hashed").
    tokenHash: hash("sha256", token, "base64url"),
    goodForSeconds: goodForS,
  });
  return put === null ? null : token;
}
