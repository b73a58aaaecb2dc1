"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { Button } from "#web/ui/button.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { Link } from "#web/ui/link.tsx";
import { Pagination } from "#web/ui/pagination.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { useAskAgainMs } from "../frame/live.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { useWho } from "../parts/use-who.ts";
import { At } from "../parts/when.tsx";
import { deskKey } from "../queries.ts";
import { AnswerDialog, type Answer } from "./answer-dialog.tsx";
import { approvalsQuery, refundsPageSize, type Approval } from "./refunds-query.ts";
import { refundsHref } from "./refunds-view.ts";

type ApprovalsListProps = { readonly status: Approval["status"]; readonly page: number };

/** Refunds above the limit: one person has asked, another agrees or not. */
export function ApprovalsList({ status, page }: ApprovalsListProps) {
  const t = useTranslations("ops.refunds");
  const refetchInterval = useAskAgainMs();
  const query = useQuery({ ...approvalsQuery(status, page, useLocale()), refetchInterval });
  const [answering, setAnswering] = useState<Answer<Approval> | null>(null);
  const answer = useAnswer(() => setAnswering(null));
  return (
    <Loaded query={query}>
      {({ approvals, total, limits }) => (
        <>
          <p className="text-sm text-muted">
            {limits.length === 0
              ? t("noLimit")
              : t("limit", { amounts: limits.map(({ amountDisplay }) => amountDisplay).join(", ") })}
          </p>
          {approvals.length === 0 ? (
            <EmptyState title={t(`empty.${status}`)} />
          ) : (
            <ul className="flex flex-col divide-y divide-line rounded border border-line bg-surface">
              {approvals.map((approval) => (
                <ApprovalLine key={approval.approvalId} approval={approval} onAnswer={setAnswering} />
              ))}
            </ul>
          )}
          <Pagination
            current={page}
            last={Math.ceil(total / refundsPageSize)}
            hrefOf={(to) => refundsHref({ list: status === "waiting" ? "approvals" : status, page: to })}
          />
          <AnswerDialog
            answer={answering}
            amount={answering?.of.amountDisplay ?? ""}
            reason={answering?.of.reason ?? ""}
            isPending={answer.isPending}
            onClose={() => setAnswering(null)}
            onSend={(note) => answering !== null && answer.mutate({ ...answering, note })}
          />
        </>
      )}
    </Loaded>
  );
}

type ApprovalLineProps = { readonly approval: Approval; readonly onAnswer: (answer: Answer<Approval>) => void };

function ApprovalLine({ approval, onAnswer }: ApprovalLineProps) {
  const t = useTranslations("ops.refunds");
  const who = useWho();
  const { museOrderNumber, storeName, amountDisplay, reason, askedBy, askedAt, isOwn, status } = approval;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-4 py-3 text-sm">
      <div className="flex min-w-0 flex-col gap-0.5">
        <span className="flex flex-wrap items-baseline gap-x-3">
          <strong className="figures font-medium">{amountDisplay}</strong>
          <Link href={`/ops/orders/${museOrderNumber}`} className="figures">
            {museOrderNumber}
          </Link>
          <span className="text-muted">{storeName}</span>
        </span>
        <span className="break-words whitespace-pre-wrap">{reason}</span>
        <span className="text-xs text-muted">
          {t("askedBy", { who: who(askedBy) })} <At at={askedAt} />
          {approval.answeredBy !== null && ` · ${t("answeredBy", { who: who(approval.answeredBy) })}`}
        </span>
      </div>
      {status === "waiting" &&
        (isOwn ? (
          <div className="flex max-w-56 flex-col items-start gap-2">
            <p className="text-xs text-muted">{t("own")}</p>
            <Button variant="secondary" size="sm" onClick={() => onAnswer({ of: approval, decision: "declined" })}>
              {t("takeBack")}
            </Button>
          </div>
        ) : (
          <div className="flex gap-2">
            <Button size="sm" onClick={() => onAnswer({ of: approval, decision: "approved" })}>
              {t("approve")}
            </Button>
            <Button variant="secondary" size="sm" onClick={() => onAnswer({ of: approval, decision: "declined" })}>
              {t("decline")}
            </Button>
          </div>
        ))}
    </li>
  );
}

function useAnswer(onDone: () => void) {
  const t = useTranslations("ops.refunds");
  const client = useQueryClient();
  const toast = useToast();
  const message = useErrorMessage();
  return useMutation({
    mutationFn: ({ of, decision, note }: Answer<Approval> & { readonly note: string }) =>
      call(
        api.POST("/api/v1/admin/refund-approvals/{approvalId}/answer", {
          params: { path: { approvalId: of.approvalId } },
          body: { decision, ...(note.trim() === "" ? {} : { note: note.trim() }) },
        }),
      ),
    onSuccess: (said) => toast({ text: t(`told.${said.decision}`, { number: said.museOrderNumber }) }),
    onError: (error) => toast({ text: message(error), tone: "bad" }),
    onSettled: () => {
      onDone();
      return client.invalidateQueries({ queryKey: deskKey });
    },
  });
}
