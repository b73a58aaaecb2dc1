"use client";

import type { Order } from "@muse/contracts/order";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { Button } from "#web/ui/button.tsx";
import { Dialog } from "#web/ui/dialog.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { ordersKey } from "./orders-query.ts";
import { cancelWord } from "./refund-words.ts";

type CancelOrderProps = {
  readonly order: Order;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
};

/** Asks once, and says beforehand what will happen: taken back at once, or the store is asked. */
export function CancelOrder({ order, isOpen, onOpenChange }: CancelOrderProps) {
  const t = useTranslations("orders.cancel");
  const client = useQueryClient();
  const toast = useToast();
  const message = useErrorMessage();
  const { museOrderNumber: orderNumber, storeName: store, totalDisplay: total, status } = order;
  const { mutate, isPending, error } = useMutation({
    // Repeating it changes nothing, so it needs no key of its own.
    mutationFn: () => call(api.POST("/api/v1/orders/{orderNumber}/cancel", { params: { path: { orderNumber } } })),
    onSuccess: ({ outcome }) => {
      toast({ text: outcome === "cancelled" ? t(cancelWord("done", order), { total }) : t("asked") });
      onOpenChange(false);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ordersKey }),
  });
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={t("title", { store })}
      description={t(cancelWord(status === "pending" ? "now" : "ask", order), { total })}
      actions={
        <>
          <Button variant="danger" onClick={() => mutate()} isBusy={isPending}>
            {t("confirm")}
          </Button>
          <Button variant="ghost" onClick={() => onOpenChange(false)}>
            {t("keep")}
          </Button>
        </>
      }
    >
      <p className="text-sm text-muted">{t("others")}</p>
      {error !== null && (
        <Notice role="alert" tone="bad">
          {message(error)}
        </Notice>
      )}
    </Dialog>
  );
}
