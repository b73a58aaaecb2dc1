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
import { At } from "../parts/when.tsx";
import { deskKey } from "../queries.ts";
import { AnswerDialog, type Answer } from "./answer-dialog.tsx";
import { refundsPageSize, requestsQuery, type RefundRequest } from "./refunds-query.ts";
import { refundsHref } from "./refunds-view.ts";

/** What shoppers asked to have back, each with their own words. */
export function RequestsList({ page }: { readonly page: number }) {
  const t = useTranslations("ops.refunds");
  const refetchInterval = useAskAgainMs();
  const query = useQuery({ ...requestsQuery(page, useLocale()), refetchInterval });
  const [answering, setAnswering] = useState<Answer<RefundRequest> | null>(null);
  const answer = useAnswer(() => setAnswering(null));
  return (
    <Loaded query={query}>
      {({ requests }) => (
        <>
          {requests.length === 0 ? (
            <EmptyState title={t("empty.requests")} />
          ) : (
            <ul className="flex flex-col divide-y divide-line rounded border border-line bg-surface">
              {requests.map((request) => (
                <RequestLine key={request.requestId} request={request} onAnswer={setAnswering} />
              ))}
            </ul>
          )}
          <Pagination
            current={page}
            // The list does not say how long it is: a full page may have another behind it.
            last={requests.length === refundsPageSize ? page + 1 : page}
            hrefOf={(to) => refundsHref({ list: "requests", page: to })}
          />
          <AnswerDialog
            answer={answering}
            amount={answering?.of.totalDisplay ?? ""}
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

type RequestLineProps = { readonly request: RefundRequest; readonly onAnswer: (answer: Answer<RefundRequest>) => void };

function RequestLine({ request, onAnswer }: RequestLineProps) {
  const t = useTranslations("ops.refunds");
  const { museOrderNumber, storeName, reason, items, totalDisplay, createdAt } = request;
  const units = items?.reduce((sum, { quantity }) => sum + quantity, 0) ?? 0;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-4 py-3 text-sm">
      <div className="flex min-w-0 flex-col gap-0.5">
        <span className="flex flex-wrap items-baseline gap-x-3">
          <Link href={`/ops/orders/${museOrderNumber}`} className="figures font-medium">
            {museOrderNumber}
          </Link>
          <span className="text-muted">{storeName}</span>
          <span>
            {items === null ? t("all", { amount: totalDisplay }) : t("some", { count: units, amount: totalDisplay })}
          </span>
        </span>
        <span className="break-words whitespace-pre-wrap">{reason}</span>
        <At at={createdAt} className="text-xs text-muted" />
      </div>
      <div className="flex gap-2">
        <Button size="sm" onClick={() => onAnswer({ of: request, decision: "approved" })}>
          {t("agree")}
        </Button>
        <Button variant="secondary" size="sm" onClick={() => onAnswer({ of: request, decision: "declined" })}>
          {t("decline")}
        </Button>
      </div>
    </li>
  );
}

function useAnswer(onDone: () => void) {
  const t = useTranslations("ops.refunds");
  const client = useQueryClient();
  const toast = useToast();
  const message = useErrorMessage();
  return useMutation({
    mutationFn: ({ of, decision, note }: Answer<RefundRequest> & { readonly note: string }) =>
      call(
        api.POST("/api/v1/admin/refund-requests/{requestId}/answer", {
          params: { path: { requestId: of.requestId } },
          body: { decision, ...(note.trim() === "" ? {} : { note: note.trim() }) },
        }),
      ),
    onSuccess: ({ decision, museOrderNumber: number, refund }) =>
      toast({ text: refund?.status === "waiting" ? t("told.waiting", { number }) : t(`told.${decision}`, { number }) }),
    onError: (error) => toast({ text: message(error), tone: "bad" }),
    onSettled: () => {
      onDone();
      return client.invalidateQueries({ queryKey: deskKey });
    },
  });
}
