"use client";

import { useQuery } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { PasteLine } from "../parts/copy-button.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { Section } from "../parts/page.tsx";
import { webAddressOf } from "../parts/web-address.ts";
import { instructionsQuery } from "../queries.ts";
import type { Instructions } from "../types.ts";

/** What to do at this store, one thing after the other, with what to paste where. */
export function WorkSteps({ orderNumber }: { readonly orderNumber: string }) {
  const t = useTranslations("ops.work");
  const query = useQuery(instructionsQuery(orderNumber, useLocale()));
  return (
    <Section title={t("steps")}>
      <Loaded query={query} lines={5}>
        {({ steps }) => (
          <ol className="flex flex-col divide-y divide-line rounded border border-line bg-surface">
            {steps.map((step) => (
              <Step key={step.number} step={step} />
            ))}
          </ol>
        )}
      </Loaded>
    </Section>
  );
}

function Step({ step: { number, text, link, paste } }: { readonly step: Instructions["steps"][number] }) {
  const t = useTranslations("ops.work");
  const href = webAddressOf(link);
  return (
    <li className="flex gap-3 px-4 py-3">
      <span aria-hidden="true" className="figures w-5 shrink-0 pt-px text-right text-sm text-muted">
        {number}
      </span>
      <div className="flex min-w-0 grow flex-col gap-1.5">
        <p className="text-sm break-words">
          {text}
          {href !== null && (
            <a
              href={href}
              target="_blank"
              rel="noreferrer noopener"
              className="ml-2 inline-flex items-center gap-1 rounded-sm text-muted underline decoration-edge underline-offset-4 hover:text-ink"
            >
              {t("openLink")}
              <ExternalLink aria-hidden="true" className="size-3.5" />
              <span className="sr-only">{t("newWindow")}</span>
            </a>
          )}
        </p>
        {paste.length > 0 && (
          <dl className="divide-y divide-line border-l-2 border-line">
            {paste.map(({ label, value }) => (
              <PasteLine key={label} label={label} value={value} />
            ))}
          </dl>
        )}
      </div>
    </li>
  );
}
