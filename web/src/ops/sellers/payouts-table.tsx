"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#web/ui/button.tsx";
import { DataTable, type Column } from "#web/ui/data-table.tsx";
import { Link } from "#web/ui/link.tsx";
import { Status, type StatusTone } from "#web/ui/status.tsx";
import { useWho } from "../parts/use-who.ts";
import { At } from "../parts/when.tsx";
import { PayoutDialog, type PayoutStep } from "./payout-dialog.tsx";
import type { Payout } from "./sellers-query.ts";

type PayoutsTableProps = {
  readonly payouts: readonly Payout[];
  /** All of them are one seller's, whose page it is. */
  readonly isOfOne?: boolean;
};

/** Payouts, each with what is to be done next. */
export function PayoutsTable({ payouts, isOfOne = false }: PayoutsTableProps) {
  const t = useTranslations("sellers.payout");
  const [step, setStep] = useState<PayoutStep | null>(null);
  const columns = useColumns(isOfOne, setStep);
  return (
    <>
      <DataTable caption={t("title")} columns={columns} rows={payouts} keyOf={({ payoutId }) => payoutId} />
      {step !== null && (
        <PayoutDialog key={`${step.name} ${step.payout.payoutId}`} step={step} onClose={() => setStep(null)} />
      )}
    </>
  );
}

function useColumns(isOfOne: boolean, onStep: (step: PayoutStep) => void): readonly Column<Payout>[] {
  const t = useTranslations("sellers.payout");
  const who = useWho();
  // Beside a seller's forms there is no room for it: it stands under the state, as on a telephone.
  const reference: Column<Payout> = {
    key: "reference",
    title: t("column.reference"),
    from: "sm",
    cell: (payout) => <span className="whitespace-nowrap">{payout.reference ?? "–"}</span>,
  };
  return [
    {
      key: "amount",
      title: t(isOfOne ? "column.amount" : "column.seller"),
      cell: (payout) => (
        <span className="flex flex-col items-start gap-1">
          {!isOfOne && <Link href={`/ops/sellers/${payout.sellerId}`}>{payout.sellerName ?? payout.sellerId}</Link>}
          <span className="figures font-medium whitespace-nowrap">{payout.amountDisplay}</span>
          <span className="sm:hidden">
            <Standing payout={payout} withReference />
          </span>
        </span>
      ),
    },
    {
      key: "state",
      title: t("column.state"),
      from: "sm",
      cell: (payout) => <Standing payout={payout} withReference={isOfOne} />,
    },
    ...(isOfOne ? [] : [reference]),
    {
      key: "at",
      title: t("column.at"),
      from: "md",
      cell: ({ preparedAt, preparedBy, approvedBy }) => (
        <span className="flex flex-col gap-0.5">
          <At at={preparedAt} />
          <span className="text-xs text-muted">
            {t("preparedBy", { who: who(preparedBy) })}
            {approvedBy !== null && `, ${t("approvedBy", { who: who(approvedBy) })}`}
          </span>
        </span>
      ),
    },
    { key: "next", title: t("column.what"), cell: (payout) => <Next payout={payout} onStep={onStep} /> },
  ];
}

/** How it stands, and what came between. */
function Standing({ payout, withReference }: { readonly payout: Payout; readonly withReference: boolean }) {
  const t = useTranslations("sellers.payout");
  const { failure, reference } = payout;
  return (
    <span className="flex flex-col gap-0.5">
      <State payout={payout} />
      {failure !== null && <span className="text-xs text-muted">{t(`failure.${failure}`)}</span>}
      {withReference && reference !== null && <span className="text-xs break-all text-muted">{reference}</span>}
    </span>
  );
}

const tones: Readonly<Record<Payout["status"], StatusTone>> = { prepared: "busy", paid: "good", failed: "bad" };

function State({ payout: { status, needsSecond, approvedBy } }: { readonly payout: Payout }) {
  const t = useTranslations("sellers.payout.status");
  if (status !== "prepared" || !needsSecond) return <Status tone={tones[status]}>{t(status)}</Status>;
  return approvedBy === null ? (
    <Status tone="warn">{t("second")}</Status>
  ) : (
    <Status tone="busy">{t("approved")}</Status>
  );
}

type NextProps = { readonly payout: Payout; readonly onStep: (step: PayoutStep) => void };

function Next({ payout, onStep }: NextProps) {
  const t = useTranslations("sellers.payout");
  const { status, failure, needsSecond, approvedBy, isOwn } = payout;
  // What the bank sent back is over. What was called off may have been transferred by somebody who did not know.
  if (status === "failed" && failure === "returned") return null;
  if (status === "failed") {
    return (
      <Button size="sm" variant="ghost" onClick={() => onStep({ name: "late", payout })}>
        {t("late")}
      </Button>
    );
  }
  const waits = status === "prepared" && needsSecond && approvedBy === null;
  return (
    <span className="flex flex-wrap gap-2">
      {waits && !isOwn && (
        <Button size="sm" onClick={() => onStep({ name: "approve", payout })}>
          {t("approve")}
        </Button>
      )}
      {waits && isOwn && <span className="self-center text-xs text-muted">{t("ownHint")}</span>}
      {status === "prepared" && !waits && (
        <Button size="sm" onClick={() => onStep({ name: "pay", payout })}>
          {t("pay")}
        </Button>
      )}
      <Button size="sm" variant="secondary" onClick={() => onStep({ name: "fail", payout })}>
        {t("fail")}
      </Button>
    </span>
  );
}
