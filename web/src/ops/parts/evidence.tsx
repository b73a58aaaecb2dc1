"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "#web/ui/class-names.ts";
import { Disclosure } from "#web/ui/disclosure.tsx";
import type { Visit } from "../queries.ts";
import { PictureViewer } from "./picture-viewer.tsx";
import { useCode } from "./use-code.ts";
import { At } from "./when.tsx";

type EvidenceProps = { readonly attemptId: string; readonly visit: Visit };
type Step = Visit["steps"][number];

/** What a browser saw of the store: its steps with their times, a picture of each, and its trace to take along. */
export function Evidence({ attemptId, visit }: EvidenceProps) {
  const t = useTranslations("ops.evidence");
  const [shown, setShown] = useState<number | null>(null);
  const fileHref = (file: string): string =>
    `/api/v1/admin/attempts/${attemptId}/evidence/${encodeURIComponent(visit.visit)}/${encodeURIComponent(file)}`;
  const { outcome, steps, files } = visit;
  const pictures = steps.flatMap(({ number, name, picture }) =>
    picture === null ? [] : [{ number, name, src: fileHref(picture) }],
  );
  return (
    <Disclosure
      className="mt-1 border-b-0 border-t"
      summary={
        <span className="flex flex-wrap gap-x-3">
          <span>{t("title", { visit: visit.visit })}</span>
          <span className="font-normal text-muted">{t("steps", { count: steps.length })}</span>
        </span>
      }
    >
      <div className="flex flex-col gap-3">
        <Ended outcome={outcome} />
        <ol className="flex flex-col divide-y divide-line">
          {steps.map((step) => (
            <StepLine
              key={step.number}
              step={step}
              src={step.picture === null ? null : fileHref(step.picture)}
              onShow={() => setShown(step.number)}
            />
          ))}
        </ol>
        {files.length > 0 && (
          <ul className="flex flex-wrap gap-4">
            {files.map((file) => (
              <li key={file}>
                <a
                  href={fileHref(file)}
                  download={file}
                  className="inline-flex min-h-9 items-center gap-2 rounded-sm text-ink underline decoration-edge underline-offset-4"
                >
                  <Download aria-hidden="true" className="size-4" />
                  {file === "trace.zip" ? t("trace") : file}
                </a>
              </li>
            ))}
          </ul>
        )}
        {files.includes("trace.zip") && <p className="text-xs">{t("traceHint")}</p>}
      </div>
      {shown !== null && (
        <PictureViewer pictures={pictures} current={shown} onShow={setShown} onClose={() => setShown(null)} />
      )}
    </Disclosure>
  );
}

function Ended({ outcome }: Pick<Visit, "outcome">) {
  const t = useTranslations("ops.evidence");
  const why = useCode("why");
  const kind = useCode("attempt");
  if (outcome === null) return <p>{t("noOutcome")}</p>;
  return (
    <p>
      {outcome.reason === null ? kind(outcome.kind) : why(outcome.reason)}
      {outcome.detail !== null && <span className="block break-words">{outcome.detail}</span>}
    </p>
  );
}

type StepLineProps = { readonly step: Step; readonly src: string | null; readonly onShow: () => void };

function StepLine({ step, src, onShow }: StepLineProps) {
  const t = useTranslations("ops.evidence");
  const isStopped = step.result === "stopped";
  return (
    <li className="flex items-start gap-3 py-2">
      <span className="figures w-6 shrink-0 text-right">{step.number}</span>
      <span className="flex min-w-0 grow flex-col">
        <span className={cn("break-words text-ink", isStopped && "text-bad")}>
          {step.name}
          {isStopped && ` – ${t("stopped")}`}
        </span>
        {step.note !== null && <span className="break-words">{step.note}</span>}
        <span className="flex flex-wrap gap-x-3 text-xs">
          <At at={step.startedAt} isExact />
          <span className="figures">{t("took", { seconds: (step.ms / 1000).toFixed(1) })}</span>
          <span className="break-all">{step.path}</span>
        </span>
      </span>
      {src !== null && (
        <button
          type="button"
          onClick={onShow}
          className="shrink-0 overflow-hidden rounded-sm border border-line transition-colors hover:border-ink"
        >
          <img src={src} alt="" width={96} height={60} loading="lazy" className="block h-15 w-24 object-cover" />
          <span className="sr-only">{t("show", { number: step.number })}</span>
        </button>
      )}
    </li>
  );
}
