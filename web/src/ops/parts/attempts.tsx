"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Status, type StatusTone } from "#web/ui/status.tsx";
import { attemptsQuery, type Visit } from "../queries.ts";
import { Evidence } from "./evidence.tsx";
import { Section } from "./page.tsx";
import { useCode } from "./use-code.ts";
import { At } from "./when.tsx";

/** As far as both the task and the whole order tell it. */
export type ShownAttempt = {
  readonly attemptId: string;
  readonly fence: number;
  readonly method: string;
  readonly connector: string | null;
  readonly status: string;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly lookUps: number;
  readonly storeOrderNumber: string | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
};

const tones: Readonly<Record<string, StatusTone>> = {
  started: "busy",
  placed: "good",
  refused: "bad",
  unavailable: "neutral",
  unknown: "warn",
};

type AttemptsProps = { readonly orderNumber: string; readonly attempts: readonly ShownAttempt[] };

/** What was tried at the store, the last first, with why it ended and what a browser saw. */
export function Attempts({ orderNumber, attempts }: AttemptsProps) {
  const t = useTranslations("ops.attempts");
  // Only browsers leave pictures.
  const hasBrowsed = attempts.some(({ method }) => method === "headless");
  const { data } = useQuery({ ...attemptsQuery(orderNumber), enabled: hasBrowsed });
  const visitsOf = (id: string): readonly Visit[] =>
    data?.attempts.find(({ attemptId }) => attemptId === id)?.visits ?? [];
  if (attempts.length === 0) {
    return (
      <Section title={t("title")}>
        <p className="text-sm text-muted">{t("none")}</p>
      </Section>
    );
  }
  return (
    <Section title={t("title")}>
      <ol className="flex flex-col divide-y divide-line rounded border border-line bg-surface">
        {attempts.toReversed().map((attempt) => (
          <Attempt key={attempt.attemptId} attempt={attempt} visits={visitsOf(attempt.attemptId)} />
        ))}
      </ol>
    </Section>
  );
}

type AttemptProps = { readonly attempt: ShownAttempt; readonly visits: readonly Visit[] };

function Attempt({ attempt, visits }: AttemptProps) {
  const t = useTranslations("ops.attempts");
  const status = useCode("attempt");
  const why = useCode("why");
  const method = useCode("method");
  return (
    <li className="flex flex-col gap-1 px-4 py-3 text-sm">
      <span className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <span className="font-medium">{t("number", { number: attempt.fence })}</span>
        <Status tone={tones[attempt.status] ?? "neutral"}>{status(attempt.status)}</Status>
        <span className="text-muted">
          {method(attempt.method)}
          {attempt.connector !== null && ` · ${attempt.connector}`}
        </span>
        <span className="ml-auto text-muted">
          <At at={attempt.startedAt} isExact />
          {attempt.endedAt !== null && (
            <>
              {" – "}
              <At at={attempt.endedAt} isExact />
            </>
          )}
        </span>
      </span>
      {attempt.reason !== null && <span>{why(attempt.reason)}</span>}
      {attempt.detail !== null && <span className="break-words text-muted">{attempt.detail}</span>}
      {attempt.lookUps > 0 && <span className="text-muted">{t("lookUps", { count: attempt.lookUps })}</span>}
      {attempt.storeOrderNumber !== null && (
        <span className="figures text-muted">{t("storeNumber", { number: attempt.storeOrderNumber })}</span>
      )}
      {visits.map((visit) => (
        <Evidence key={visit.visit} attemptId={attempt.attemptId} visit={visit} />
      ))}
    </li>
  );
}
