import { newId } from "#kernel/ids.ts";
import type { Db } from "#platform/db/query.ts";
import type { SignInLinkWish } from "#rooms/account";
import { linkMailPut } from "./notify.sql.gen.ts";
import { signInLinkS } from "./rules.ts";

/** Somebody asked for a link that signs them in: it is made, and mailed, by a worker. */
export async function putSignInLink(db: Db, { email, language }: SignInLinkWish): Promise<void> {
  await linkMailPut(db, {
    mailId: newId("msg"),
    kind: "sign_in_link",
    recipient: email,
    orderNumber: null,
    locale: language,
    usefulSeconds: signInLinkS,
  });
}
