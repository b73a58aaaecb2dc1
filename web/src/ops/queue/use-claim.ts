"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { isApiError } from "#web/api/error.ts";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { useWho } from "../parts/use-who.ts";
import { deskKey, taskQuery } from "../queries.ts";

/**
 * Takes an order for fifteen minutes, or gives it back. Who comes second is told who was first.
 *
 * @param isSeen the page itself shows who holds it: a claim need not be said in passing
 */
export function useClaim({ isSeen }: { readonly isSeen: boolean }) {
  const t = useTranslations("ops.claim");
  const client = useQueryClient();
  const locale = useLocale();
  const toast = useToast();
  const message = useErrorMessage();
  const who = useWho();
  const onSettled = () => client.invalidateQueries({ queryKey: deskKey });
  const tellHolder = async (orderNumber: string): Promise<void> => {
    const { claimedBy } = await client.fetchQuery({ ...taskQuery(orderNumber, locale), staleTime: 0 });
    if (claimedBy === null) toast({ text: t("justGone", { number: orderNumber }), tone: "bad" });
    else toast({ text: t("taken", { number: orderNumber, who: who(claimedBy) }), tone: "bad" });
  };
  const claim = useMutation({
    mutationFn: (orderNumber: string) =>
      call(api.POST("/api/v1/admin/manual-orders/{orderNumber}/claim", { params: { path: { orderNumber } } })),
    onSuccess: ({ museOrderNumber }) => {
      if (!isSeen) toast({ text: t("done", { number: museOrderNumber }) });
    },
    onError: (error, orderNumber) => {
      if (isApiError(error, "manual_order_claimed")) return tellHolder(orderNumber);
      return toast({ text: message(error), tone: "bad" });
    },
    onSettled,
  });
  const release = useMutation({
    mutationFn: (orderNumber: string) =>
      call(api.POST("/api/v1/admin/manual-orders/{orderNumber}/release", { params: { path: { orderNumber } } })),
    onSuccess: ({ museOrderNumber }) => toast({ text: t("released", { number: museOrderNumber }) }),
    onError: (error) => toast({ text: message(error), tone: "bad" }),
    onSettled,
  });
  return { claim, release };
}
