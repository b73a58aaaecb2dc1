"use client";

import { useTranslations } from "next-intl";
import { Link } from "#web/ui/link.tsx";
import { useCode } from "../parts/use-code.ts";
import { useWho } from "../parts/use-who.ts";
import { At } from "../parts/when.tsx";
import type { ReadOf } from "../types.ts";
import { subjectHref } from "./subject-href.ts";

export type AuditEntry = ReadOf<"/api/v1/admin/audit">["entries"][number];

type AuditListProps = {
  readonly entries: readonly AuditEntry[];
  /** All are of one thing, which is named already. */
  readonly isOfOne?: boolean;
};

/** Who did what, the last first. */
export function AuditList({ entries, isOfOne = false }: AuditListProps) {
  const t = useTranslations("ops.audit");
  const action = useCode("action");
  const who = useWho();
  if (entries.length === 0) return <p className="text-sm text-muted">{t("none")}</p>;
  return (
    <ol className="flex flex-col divide-y divide-line rounded border border-line bg-surface text-sm">
      {entries.map((entry) => {
        const href = subjectHref(entry);
        return (
          <li
            key={entry.auditId}
            className="grid gap-x-5 gap-y-0.5 px-4 py-2.5 grid-cols-1 sm:grid-cols-[8.5rem_minmax(0,1fr)]"
          >
            <At at={entry.at} isExact className="text-muted" />
            <span className="flex min-w-0 flex-col gap-0.5">
              <span className="flex flex-wrap items-baseline gap-x-3">
                <span className="font-medium">{who(entry.accountId)}</span>
                <span>{action(entry.action)}</span>
                {!isOfOne &&
                  (href === null ? (
                    <span className="break-all text-muted">{entry.subject}</span>
                  ) : (
                    <Link href={href} className="figures break-all">
                      {entry.subject}
                    </Link>
                  ))}
              </span>
              <Detail detail={entry.detail} />
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function Detail({ detail }: { readonly detail: AuditEntry["detail"] }) {
  const shown = Object.entries(detail).filter(([, value]) => value !== null && textOf(value) !== "[]");
  if (shown.length === 0) return null;
  return (
    <span className="text-xs break-words text-muted">
      {shown.map(([name, value]) => `${name}: ${textOf(value)}`).join(" · ")}
    </span>
  );
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
