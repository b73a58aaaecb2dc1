/** What somebody of the house is told: one thing, or all that came together since they were last written to. */
import type { Language } from "@muse/contracts/error";
import { isCurrency } from "#kernel/money.ts";
import type { Block, Fact, Letter } from "../letter.ts";
import type { Links } from "../links.ts";
import type { AlertsOfMailRow } from "../notify.sql.gen.ts";
import { money, timeOf, dayOf } from "../words.ts";
import { alertWords, disputeReasons, methods, unmatchedReasons } from "./desk-alert-words.ts";

/** More than these are counted, not listed: the page has all of them. */
export const alertsShownMax = 20;

/** @param alerts what this mail tells, the oldest first; `all` of each says how many there are in truth */
export function deskAlerts(alerts: readonly AlertsOfMailRow[], language: Language, links: Links): Letter {
  const said = alertWords[language];
  const shown = alerts.slice(0, alertsShownMax);
  const facts = shown.map((alert) => factOf(alert, language, links));
  const all = Number(alerts[0]?.all ?? 0n);
  const [first] = facts;
  const title = all === 1 && first !== undefined ? first.label : said.many(all);
  const blocks: Block[] = [
    { kind: "title", text: title },
    { kind: "facts", rows: facts },
    ...(all > shown.length ? [{ kind: "paragraph" as const, text: said.more(all - shown.length) }] : []),
    { kind: "action", label: said.open, url: links.desk("alerts") },
  ];
  const preview =
    all === 1 ? (first?.lines.join(" · ") ?? title) : [...new Set(facts.map(({ label }) => label))].join(" · ");
  return { language, subject: `${said.desk}: ${title}`, preview, blocks, reader: "house" };
}

function factOf(alert: AlertsOfMailRow, language: Language, links: Links): Fact {
  const said = alertWords[language];
  const name = alert.storeName ?? alert.storeId ?? "";
  const method = alert.method === null ? "" : methods[alert.method][language];
  const label = said.title[alert.kind]({ name, method });
  const lines = [...new Set([...linesOf(alert, language), whenOf(alert.at, language)])];
  return { label, lines, url: placeOf(alert, links) };
}

function linesOf(alert: AlertsOfMailRow, language: Language): string[] {
  const said = alertWords[language];
  const due = alert.dueAt === null ? null : whenOf(alert.dueAt, language);
  const order = alert.orderNumber === null ? [] : [said.order(alert.orderNumber)];
  switch (alert.kind) {
    case "tier_sick":
      return [
        ...(alert.bad === null || alert.total === null ? [] : [said.counted(alert.bad, alert.total)]),
        ...(due === null ? [] : [said.rests(due)]),
      ];
    case "tier_well":
      return [];
    case "page_changed":
      return [
        ...(alert.step === null ? [] : [said.step(alert.step)]),
        ...(alert.detail === null ? [] : [said.seen(alert.detail)]),
        ...order,
      ];
    case "task_late":
    case "find_out":
      return [...order, ...(due === null ? [] : [said.deadline(due)])];
    case "books_differ":
      return [said.differences(alert.bad ?? 0, providerName(alert.provider))];
    case "dispute_opened":
    case "evidence_due":
      return [
        [amountOf(alert, language), wordOf(disputeReasons, alert.reason, language)]
          .filter((text) => text !== "")
          .join(" · "),
        ...(due === null ? [] : [said.evidence(due)]),
      ];
    case "payment_unmatched":
      return [
        [providerName(alert.provider), amountOf(alert, language)].filter((text) => text !== "").join(" · "),
        wordOf(unmatchedReasons, alert.reason, language),
        alert.paymentId ?? "",
      ].filter((text) => text !== "");
  }
}

/** The page where something can be done about it. */
function placeOf(alert: AlertsOfMailRow, links: Links): string {
  switch (alert.kind) {
    case "tier_sick":
    case "tier_well":
    case "page_changed":
      return links.desk("stores", alert.storeId ?? "");
    case "task_late":
    case "find_out":
      return links.desk("queue", alert.orderNumber ?? "");
    case "books_differ":
      return links.desk("money", "runs", alert.reconciliationId ?? "");
    case "dispute_opened":
    case "evidence_due":
      return links.desk("money", "disputes", alert.disputeId ?? "");
    case "payment_unmatched":
      return links.desk("alerts");
  }
}

function amountOf({ amountMinor, currency }: AlertsOfMailRow, language: Language): string {
  return amountMinor === null || currency === null || !isCurrency(currency)
    ? ""
    : money(amountMinor, currency, language);
}

function whenOf(at: Date, language: Language): string {
  return `${dayOf(at, language)}, ${timeOf(at, language)}`;
}

function providerName(provider: string | null): string {
  if (provider === null) return "";
  return provider === "toss" ? "TossPayments" : "Stripe";
}

/** A code that is not known here is said as it is. */
function wordOf(
  words: Readonly<Record<string, Readonly<Record<Language, string>>>>,
  code: string | null,
  language: Language,
): string {
  return code === null ? "" : (words[code]?.[language] ?? code.replaceAll("_", " "));
}
