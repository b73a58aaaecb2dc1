import { AlertMail, AlertMailBody, Alerts, AlertsQuery, type Alert } from "@muse/contracts/ops-alert";
import type { Language } from "@muse/contracts/error";
import { isCurrency, toWire } from "#kernel/money.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { alertList, alertWishPut, alertWishRead, type AlertListRow, type AlertWishReadRow } from "#rooms/notify";
import { displayMinor } from "#rooms/order";
import { recordBy } from "./record-audit.ts";

const base = "/api/v1/admin/alerts";
const tags = ["Operations"] as const;

/** What operators are told of, and whether by mail as well. */
export function alertRoutes(http: HttpServer): void {
  listRoute(http);
  wishRoutes(http);
}

function listRoute(http: HttpServer): void {
  route(
    http,
    {
      method: "GET",
      url: base,
      summary: "Read what operators are told of, newest first",
      description:
        "Tiers that fell sick or are well again, changed pages, work past half its deadline, orders that nobody knows the " +
        "outcome of, books that differ, disputes, payments that nobody asked for. Kept for 90 days.",
      tags,
      auth: "ops",
      query: AlertsQuery,
      reply: Alerts,
      errors: [],
    },
    async ({ db, query: { kind = null, cursor, limit }, language }) => {
      // One more than asked for tells whether there is a next page.
      const beforeId = cursor === undefined ? null : BigInt(cursor);
      const rows = await alertList(db, { kind, beforeId, limit: limit + 1 });
      const shown = rows.slice(0, limit);
      return {
        alerts: shown.map((row) => presentAlert(row, language)),
        nextCursor: rows.length > limit ? String(shown.at(-1)?.alertId) : null,
      };
    },
  );
}

function wishRoutes(http: HttpServer): void {
  route(
    http,
    {
      method: "GET",
      url: `${base}/mail`,
      summary: "Read whether the caller is written to about alerts",
      tags,
      auth: "ops",
      reply: AlertMail,
      errors: [],
    },
    async ({ db, account: { accountId } }) => presentWish(await alertWishRead(db, { accountId })),
  );
  route(
    http,
    {
      method: "PUT",
      url: `${base}/mail`,
      summary: "Choose whether to be written to about alerts, and in which language",
      description: "Of what happened before it was switched on nothing is told.",
      tags,
      auth: "ops",
      body: AlertMailBody,
      reply: AlertMail,
      errors: [],
      idempotent: "transaction",
    },
    async ({ db, account, body: { byMail, language } }) => {
      const { accountId } = account;
      const wish = await alertWishPut(db, { accountId, byMail, locale: language });
      await recordBy(db, account, { action: "alert.mail", subject: accountId, detail: { byMail, language } });
      return presentWish(wish);
    },
  );
}

function presentWish({ byMail, locale, everySeconds }: AlertWishReadRow) {
  return { byMail, language: locale === "ko" ? ("ko" as const) : ("en" as const), everyMinutes: everySeconds / 60 };
}

function presentAlert(row: AlertListRow, language: Language): Alert {
  const { amountMinor, currency, orderNumber, sessionId, method, ...rest } = row;
  const isAmount = amountMinor !== null && currency !== null && isCurrency(currency);
  return {
    ...rest,
    alertId: String(row.alertId),
    at: row.at.toISOString(),
    dueAt: row.dueAt?.toISOString() ?? null,
    method: method === "digital" ? null : method,
    museOrderNumber: orderNumber,
    checkoutSessionId: sessionId,
    amountCents: isAmount ? toWire(amountMinor) : null,
    amountDisplay: isAmount ? displayMinor(amountMinor, currency, language) : null,
    currency: isAmount ? currency : null,
  };
}
