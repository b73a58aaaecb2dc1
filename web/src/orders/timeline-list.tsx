"use client";

import type { Order } from "@muse/contracts/order";
import { useLocale, useTranslations } from "next-intl";
import { dateRange } from "#web/i18n/date-range.ts";
import { cn } from "#web/ui/class-names.ts";
import { Moment } from "./moment.tsx";
import { isUnpaid } from "./status-tones.ts";
import { happenedTo, toCome, type Happened } from "./timeline.ts";

/** What happened, line under line, and what is still to come. */
export function TimelineList({ order }: { readonly order: Order }) {
  const t = useTranslations("orders.detail");
  const happened = happenedTo(order);
  const coming = toCome(order);
  return (
    <section aria-labelledby="timeline">
      <h2 id="timeline" className="pb-5 text-lg font-medium">
        {t("timeline")}
      </h2>
      <ol className="flex flex-col">
        {happened.map((moment, index) => (
          <Line
            key={`${moment.kind} ${moment.at}`}
            isLast={index === happened.length - 1 && coming.length === 0}
            tone={toneOf(moment.kind)}
          >
            <span className="font-medium">{said(moment, t)}</span>
            <span className="text-sm text-muted">
              <Moment at={moment.at} />
            </span>
          </Line>
        ))}
        {coming.map((step, index) => (
          <Line key={step} isLast={index === coming.length - 1} tone="ahead">
            <span className="text-muted">
              <span className="sr-only">{t("nextLabel")}: </span>
              {t(`next.${step}`)}
            </span>
            {step === "delivered" && <Expected order={order} />}
          </Line>
        ))}
      </ol>
    </section>
  );
}

type Words = ReturnType<typeof useTranslations<"orders.detail">>;

function said(moment: Happened, t: Words): string {
  switch (moment.kind) {
    case "ordered":
    case "orderedUnpaid":
      return t(`happened.${moment.kind}`, { total: moment.total });
    case "refundBegun":
    case "refundDone":
      return t(`happened.${moment.kind}`, { amount: moment.amount });
    default:
      return t(`happened.${moment.kind}`);
  }
}

type Tone = "good" | "bad" | "ahead";

function toneOf(kind: Happened["kind"]): Tone {
  return kind === "failed" || kind === "cancelRefused" ? "bad" : "good";
}

type LineProps = { readonly isLast: boolean; readonly tone: Tone; readonly children: React.ReactNode };

function Line({ isLast, tone, children }: LineProps) {
  return (
    <li className="relative flex flex-col pb-6 pl-8 last:pb-0">
      {!isLast && (
        <span aria-hidden="true" className="absolute top-3 bottom-[-0.75rem] left-[0.4375rem] w-px bg-line" />
      )}
      <span
        aria-hidden="true"
        className={cn(
          "absolute top-1.5 left-0 size-3.5 rounded-full border-2",
          tone === "good" && "border-accent bg-accent",
          tone === "bad" && "border-bad bg-bad",
          tone === "ahead" && "border-edge bg-paper",
        )}
      />
      {children}
    </li>
  );
}

function Expected({ order }: { readonly order: Order }) {
  const t = useTranslations("orders.detail");
  const locale = useLocale();
  const { deliveryFrom, deliveryTo, kind } = order;
  // The days count from the payment.
  if (isUnpaid(order)) return null;
  if (kind === "digital" || deliveryFrom === null || deliveryTo === null) return null;
  return (
    <span className="text-sm text-muted">{t("expected", { dates: dateRange(deliveryFrom, deliveryTo, locale) })}</span>
  );
}
