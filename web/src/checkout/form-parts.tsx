"use client";

import type { Session } from "@muse/contracts/checkout";
import { useTranslations } from "next-intl";
import { useEffect, useRef, type ReactNode } from "react";
import { Button } from "#web/ui/button.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { Link } from "#web/ui/link.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { isTotalWhole } from "./order-summary.tsx";
import { refusedItems } from "./refused-items.tsx";

type SectionProps = { readonly title: string; readonly aside?: ReactNode; readonly children: ReactNode };

export function Section({ title, aside, children }: SectionProps) {
  return (
    <section className="flex flex-col gap-5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 className="text-xl font-medium">{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

type SummaryFrameProps = { readonly session: Session; readonly children: ReactNode };

/** Open on a wide page; on a telephone one line with the total, unfolded by a touch. */
export function SummaryFrame({ session, children }: SummaryFrameProps) {
  const t = useTranslations("checkout");
  const { summary } = session.cartSnapshot;
  return (
    <>
      <details className="group rounded-lg border border-line bg-surface px-5 lg:hidden">
        <summary className="flex min-h-14 list-none items-center justify-between gap-4 text-sm [&::-webkit-details-marker]:hidden">
          <span className="underline underline-offset-4">{t("showSummary")}</span>
          <span className="figures font-medium">
            {isTotalWhole(session) ? "" : `${t("totalSoFar")} `}
            {summary.totalDisplay}
          </span>
        </summary>
        <div className="flex flex-col gap-5 pt-2 pb-6">{children}</div>
      </details>
      <aside aria-label={t("summary")} className="sticky top-8 hidden flex-col gap-5 lg:flex">
        {children}
      </aside>
    </>
  );
}

export function Failure({ error }: { readonly error: unknown }) {
  const message = useErrorMessage();
  if (error === null || error === undefined) return null;
  return (
    <Notice role="alert" tone="bad">
      {message(error)}
    </Notice>
  );
}

/** Takes the focus, so that whoever cannot see it come hears it. */
export function Problem({ text }: { readonly text: string }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), [text]);
  return (
    <Notice ref={place} role="alert" tone="bad" tabIndex={-1}>
      {text}
    </Notice>
  );
}

type PayButtonProps = { readonly session: Session; readonly isBusy: boolean; readonly children: ReactNode };

/** The one thing to press, with the amount that it charges; below it until when that holds. */
export function PayButton({ session, isBusy, children }: PayButtonProps) {
  const t = useTranslations("checkout");
  const { totalDisplay, isFinal } = session.cartSnapshot.summary;
  return (
    <div className="flex flex-col gap-3">
      <Button type="submit" size="lg" isWide isBusy={isBusy} data-testid="pay">
        {isFinal ? t("pay", { total: totalDisplay }) : t("payLater")}
      </Button>
      {children}
      <p className="text-xs text-muted">
        {t.rich("legal", {
          link: (words) => (
            <Link href="/help/returns" prefetch={false}>
              {words}
            </Link>
          ),
        })}
      </p>
    </div>
  );
}

type OverProps = {
  /** Why the last refresh came to nothing; what cannot be had is named above the form. */
  readonly error: unknown;
  readonly onRefresh: () => void;
  readonly isRefreshing: boolean;
};

export function Over({ error, onRefresh, isRefreshing }: OverProps) {
  const t = useTranslations("checkout");
  return (
    <Notice role="alert" tone="warn" className="flex flex-col items-start gap-3">
      <p>{t("over")}</p>
      {refusedItems(error).length === 0 && <Failure error={error} />}
      <Button variant="secondary" onClick={onRefresh} isBusy={isRefreshing}>
        {t("refresh")}
      </Button>
    </Notice>
  );
}
