"use client";

import { useTranslations } from "next-intl";
import { Disclosure } from "#web/ui/disclosure.tsx";
import { Status, type StatusTone } from "#web/ui/status.tsx";
import { Section } from "../parts/page.tsx";
import { useWho } from "../parts/use-who.ts";
import { At } from "../parts/when.tsx";
import type { DisputeReport } from "./money-query.ts";

type Answer = DisputeReport["answers"][number];

const tones: Readonly<Record<Answer["status"], StatusTone>> = {
  started: "busy",
  unknown: "warn",
  submitted: "good",
  refused: "bad",
};

/** What the bank was told, by whom, and what came of it. */
export function DisputeAnswers({ answers }: { readonly answers: readonly Answer[] }) {
  const t = useTranslations("money.answer");
  const who = useWho();
  const nameOf = useFieldName();
  if (answers.length === 0) return null;
  return (
    <Section title={t("given")}>
      {answers.map(({ answerId, status, error, askedBy, askedAt, settledAt, evidence }) => (
        <div key={answerId} className="flex flex-col gap-2 rounded border border-line bg-surface px-4 py-3 text-sm">
          <span className="flex flex-wrap items-baseline gap-x-4">
            <Status tone={tones[status]}>{t(`status.${status}`)}</Status>
            <span className="text-muted">
              {who(askedBy)}, <At at={settledAt ?? askedAt} isExact />
            </span>
            {status === "refused" && error !== null && <span className="break-words text-bad">{error}</span>}
          </span>
          <Disclosure summary={t("told")}>
            <dl className="flex flex-col gap-3">
              {Object.entries(evidence).map(([field, text]) => (
                <div key={field} className="flex flex-col gap-0.5">
                  <dt className="text-xs text-muted">{nameOf(field)}</dt>
                  <dd className="break-words whitespace-pre-wrap">{text}</dd>
                </div>
              ))}
            </dl>
          </Disclosure>
        </div>
      ))}
    </Section>
  );
}

/** What the form called a field, which is kept in the provider's spelling. */
function useFieldName(): (field: string) => string {
  const t = useTranslations("money.answer.text");
  return (field) => {
    const key = field.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) as never;
    return t.has(key) ? t(key) : field;
  };
}
