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

type Told = { readonly alert: AlertsOfMailRow; readonly language: Language; readonly due: string | null };

function linesOf(alert: AlertsOfMailRow, language: Language): string[] {
  const due = alert.dueAt === null ? null : whenOf(alert.dueAt, language);
  return tellOf[alert.kind]({ alert, language, due }).filter((line) => line !== null && line !== "") as string[];
}

/** What is told of each kind, as far as it is known. */
const tellOf: Readonly<Record<AlertsOfMailRow["kind"], (told: Told) => readonly (string | null)[]>> = {
  tier_sick: ({ alert: { bad, total }, language, due }) => [
    bad === null || total === null ? null : alertWords[language].counted(bad, total),
    due && alertWords[language].rests(due),
  ],
  tier_well: () => [],
  page_changed: ({ alert, language }) => [
    alert.step && alertWords[language].step(alert.step),
    alert.detail && alertWords[language].seen(alert.detail),
    orderOf(alert, language),
  ],
  task_late: ({ alert, language, due }) => [orderOf(alert, language), due && alertWords[language].deadline(due)],
  find_out: ({ alert, language, due }) => [orderOf(alert, language), due && alertWords[language].deadline(due)],
  books_differ: ({ alert, language }) => [
    alertWords[language].differences(alert.bad ?? 0, providerName(alert.provider)),
  ],
  dispute_opened: (told) => disputeLines(told),
  evidence_due: (told) => disputeLines(told),
  payment_unmatched: ({ alert, language }) => [
    joined(providerName(alert.provider), amountOf(alert, language)),
    wordOf(unmatchedReasons, alert.reason, language),
    alert.paymentId,
  ],
};

function disputeLines({ alert, language, due }: Told): readonly (string | null)[] {
  const complaint = wordOf(disputeReasons, alert.reason, language);
  return [joined(amountOf(alert, language), complaint), due && alertWords[language].evidence(due)];
}

function orderOf({ orderNumber }: AlertsOfMailRow, language: Language): string | null {
  return orderNumber && alertWords[language].order(orderNumber);
}

/** The page where something can be done about it. */
function placeOf(alert: AlertsOfMailRow, links: Links): string {
  const { storeId, orderNumber, reconciliationId, disputeId } = alert;
  if (disputeId !== null) return links.desk("money", "disputes", disputeId);
  if (reconciliationId !== null) return links.desk("money", "runs", reconciliationId);
  if (alert.kind === "task_late" || alert.kind === "find_out") return links.desk("queue", orderNumber ?? "");
  return storeId === null ? links.desk("alerts") : links.desk("stores", storeId);
}

function amountOf({ amountMinor, currency }: AlertsOfMailRow, language: Language): string {
  return amountMinor === null || currency === null || !isCurrency(currency)
    ? ""
    : money(amountMinor, currency, language);
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" · ");
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
