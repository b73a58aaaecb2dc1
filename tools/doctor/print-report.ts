import type { Finding, Report } from "./examine.ts";

/** So many of one kind are written out; a hundred alike tell no more than these. */
const shownMax = 5;

/** The report as a person reads it: what needs one first. */
export function printReport(report: Report): string {
  const { workers, findings, truncated, unread } = report;
  const lines = [headline(report)];
  if (workers === 0) lines.push("", "✘ no worker is connected: nothing below moves until one runs");
  for (const { section, why } of unread) lines.push("", `✘ ${section} could not be read: ${why}`);
  for (const [level, mark, title] of levels) {
    const those = findings.filter((finding) => finding.level === level);
    if (those.length === 0) continue;
    lines.push("", `${mark} ${title} (${those.length})`);
    for (const group of groupsOf(those)) lines.push("", ...groupLines(group, report));
  }
  if (truncated.length > 0) lines.push("", `There are more than were read of: ${truncated.join(", ")}.`);
  if (findings.length === 0 && unread.length === 0) {
    lines.push("", "✔ Nothing is stuck: payments, refunds, sessions, orders, stock, events, jobs and mail all move.");
  }
  return lines.join("\n");
}

const levels = [
  ["person", "✘", "Needs a person"],
  ["trying", "…", "Being tried again"],
  ["waiting", "·", "Waiting for its time"],
] as const;

function headline({ checkedAt, workers, findings }: Report): string {
  const people = findings.filter(({ level }) => level === "person").length;
  const count = findings.length === 0 ? "all well" : `${findings.length} found, ${people} for a person`;
  return `Muse doctor   ${checkedAt.replace("T", " ").slice(0, 19)} UTC   ${plural(workers, "worker")}   ${count}`;
}

function groupsOf(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) groups.set(finding.cause, [...(groups.get(finding.cause) ?? []), finding]);
  return [...groups.values()];
}

function groupLines(group: readonly Finding[], { checkedAt }: Report): string[] {
  const [first] = group;
  if (first === undefined) return [];
  const atMs = Date.parse(checkedAt);
  const shown = group.slice(0, shownMax).flatMap((finding) => {
    const next = finding.nextAt === null ? "" : `, next ${inTime(Date.parse(finding.nextAt) - atMs)}`;
    return [
      `      ${finding.subject}   for ${span(atMs - Date.parse(finding.since))}`,
      `        ${finding.why}${next}`,
    ];
  });
  return [
    `  ${first.what}${group.length === 1 ? "" : ` × ${group.length}`}`,
    ...shown,
    ...(group.length > shownMax ? [`      … and ${group.length - shownMax} more`] : []),
    `    next  ${first.sweep === null ? "" : `${first.sweep} `}${first.next}`,
    ...(first.advice === "nothing" ? [] : [`    you   ${first.advice}`]),
  ];
}

function inTime(ms: number): string {
  return ms < 1_000 ? "now" : `in ${span(ms)}`;
}

/** The two largest units, as people say it. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

function plural(count: number, word: string): string {
  return count === 0 ? `no ${word}` : `${count} ${word}${count === 1 ? "" : "s"}`;
}
