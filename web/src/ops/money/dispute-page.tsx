"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { isApiError } from "#web/api/error.ts";
import { Breadcrumbs } from "#web/ui/breadcrumbs.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { DeskPage, Facts, Section } from "../parts/page.tsx";
import { useCode } from "../parts/use-code.ts";
import { At } from "../parts/when.tsx";
import { DisputeAnswerForm } from "./dispute-answer-form.tsx";
import { DisputeAnswers } from "./dispute-answers.tsx";
import { DisputeOrder } from "./dispute-order.tsx";
import { DisputeProofs } from "./dispute-proofs.tsx";
import { DisputeState } from "./dispute-state.tsx";
import { askAgainMs, disputeQuery, type DisputeReport } from "./money-query.ts";
import { useMoneyCode } from "./use-money-code.ts";

/** One dispute, and all we hold that speaks for us: what was bought, how it was paid, what was sent, what was said. */
export function DisputePage({ disputeId }: { readonly disputeId: string }) {
  const t = useTranslations("money");
  const query = useQuery({ ...disputeQuery(disputeId, useLocale()), refetchInterval: askAgainMs });
  const isMissing = isApiError(query.error, "dispute_not_found") && query.data === undefined;
  const crumbs = [{ label: t("title"), href: "/ops/money?list=disputes" }, { label: disputeId }];
  return (
    <DeskPage
      title={
        <span className="flex flex-col gap-1">
          <span className="text-base font-normal">
            <Breadcrumbs crumbs={crumbs} />
          </span>
          <span>{t("disputeTitle")}</span>
        </span>
      }
    >
      {isMissing ? (
        <EmptyState title={t("empty.dispute")} />
      ) : (
        <Loaded query={query}>{(dispute) => <Whole dispute={dispute} />}</Loaded>
      )}
    </DeskPage>
  );
}

function Whole({ dispute }: { readonly dispute: DisputeReport }) {
  const t = useTranslations("money");
  const reason = useMoneyCode("reason");
  const mail = useMoneyCode("mail");
  const payment = useCode("payment");
  const { evidence } = dispute;
  return (
    <>
      <Facts
        facts={[
          [t("column.state"), <DisputeState key="state" status={dispute.status} />],
          [t("column.reason"), reason(dispute.reason)],
          [t("column.amount"), dispute.amountDisplay],
          [t("withdrawn"), dispute.withdrawnDisplay],
          [t("column.opened"), <At key="opened" at={dispute.openedAt} />],
          [t("column.due"), dispute.evidenceDueAt === null ? null : <At key="due" at={dispute.evidenceDueAt} />],
          [t("closed"), dispute.closedAt === null ? null : <At key="closed" at={dispute.closedAt} />],
        ]}
      />
      <DisputeAnswers answers={dispute.answers} />
      <Section title={t("evidence")}>
        <Facts
          facts={[
            [t("contact"), evidence.contactEmail],
            [t("paid"), evidence.paidAt === null ? null : <At key="paid" at={evidence.paidAt} isExact />],
            [t("charged"), evidence.chargedDisplay],
            [t("refunded"), evidence.refundedCents === 0 ? null : evidence.refundedDisplay],
            [t("tries"), evidence.attempts.map(({ status }) => payment(status)).join(", ")],
            [t("column.ref"), evidence.providerRef],
          ]}
        />
      </Section>
      {evidence.orders.map((order) => (
        <DisputeOrder key={order.museOrderNumber} order={order} />
      ))}
      <DisputeProofs proofs={evidence.proofs} signIns={evidence.signIns} />
      {evidence.mails.length > 0 && (
        <Section title={t("mails")}>
          <ul className="flex flex-col divide-y divide-line rounded border border-line bg-surface text-sm">
            {evidence.mails.map(({ kind, at, isSent }, index) => (
              <li key={index} className="flex flex-wrap items-baseline gap-x-4 px-4 py-2.5">
                <At at={at} isExact className="text-muted" />
                <span className="font-medium">{mail(kind)}</span>
                {!isSent && <span className="text-muted">{t("notSent")}</span>}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {dispute.canAnswer && <DisputeAnswerForm key={dispute.answers.length} dispute={dispute} />}
    </>
  );
}
