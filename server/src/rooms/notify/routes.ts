import { OrderLinkBody, OrderLinkEntered, OrderLookUpBody, OrderLookUpTaken } from "@muse/contracts/notify";
import { must } from "#kernel/assert.ts";
import { newId } from "#kernel/ids.ts";
import type { NewAccount } from "#platform/http/account.ts";
import type { Tx } from "#platform/db/tx.ts";
import { tx } from "#platform/db/tx.ts";
import { answer, problem } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { takeAttempt, type Entering, type Limit } from "#rooms/account";
import { linkMailPut, newestCheckout, orderLinkUse } from "./notify.sql.gen.ts";
import { tokenHash } from "./order-link.ts";
import { orderLinkS } from "./rules.ts";

export type NotifyRoutesDeps = {
  /** The account room's door: lets somebody into a visitor's account. */
  readonly enterVisitor: (open: Tx, entering: Entering) => Promise<NewAccount | null>;
};

/** Mails to one address, asked for by whomever. */
const perMailbox: Limit = { what: "orders by mail", windowS: 900, countMax: 5 };

/** Whoever has lost a mail asks twice; whoever asks for a hundred addresses is looking for something. */
const perAddress = { per: "address", windowS: 60, countMax: 10 } as const;

/** Orders by mail, for those who bought without an account and come from another device. */
export function notifyRoutes(http: HttpServer, deps: NotifyRoutesDeps): void {
  lookUpRoute(http);
  linkRoute(http, deps);
}

function lookUpRoute(http: HttpServer): void {
  route(
    http,
    {
      method: "POST",
      url: "/api/v1/orders/lookup",
      summary: "Get a link to one's orders, by mail",
      description:
        "Answers 202 whether or not there are orders at that address: only its owner learns that. The mail lists the newest " +
        "checkouts; what a guest bought can be opened by the link in it, once, within 24 hours.",
      tags: ["Orders"],
      auth: "anonymous_ok",
      body: OrderLookUpBody,
      reply: OrderLookUpTaken,
      statuses: [202],
      errors: ["rate_limited"],
      limits: [perAddress],
    },
    async ({ db, body, language }) => {
      const retryAfterS = await takeAttempt(db, perMailbox, body.email);
      if (retryAfterS !== null) return problem("rate_limited", { retryAfterS });
      await linkMailPut(db, {
        mailId: newId("msg"),
        kind: "order_link",
        recipient: body.email,
        orderNumber: body.orderNumber ?? null,
        locale: language,
        usefulSeconds: orderLinkS,
      });
      return answer({ isTaken: true as const }, { status: 202 });
    },
  );
}

function linkRoute(http: HttpServer, { enterVisitor }: NotifyRoutesDeps): void {
  route(
    http,
    {
      method: "POST",
      url: "/api/v1/orders/link",
      summary: "Open a mailed link to one's orders",
      description:
        "Signs the caller in as the guest who bought. What they had gathered as another visitor comes along; whoever is signed " +
        "in as a person goes on as the guest, and makes the orders theirs by signing in again. 404 for a link that is used, " +
        "over, or never was.",
      tags: ["Orders"],
      auth: "anonymous_ok",
      body: OrderLinkBody,
      reply: OrderLinkEntered,
      errors: ["not_found", "rate_limited"],
      limits: [perAddress],
    },
    async ({ db, account: caller, body, request }) => {
      const entered = await tx(db, "notify.order_link", async (open) => {
        const used = await orderLinkUse(open, { tokenHash: tokenHash(body.token) });
        if (used === null) return null;
        const from = { headers: request.headers, ip: request.ip };
        const made = await enterVisitor(open, { accountId: used.accountId, caller, from });
        return made === null ? null : { made, newest: await newestCheckout(open, { accountId: used.accountId }) };
      });
      if (entered === null) return problem("not_found");
      const { headers, account } = entered.made;
      const token = must(headers["set-auth-token"], "a session has its token");
      const checkoutSessionId = entered.newest?.sessionId ?? null;
      return answer({ accountId: account.accountId, token, checkoutSessionId }, { headers });
    },
  );
}
