"use client";

import type { Order } from "@muse/contracts/order";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { Button } from "#web/ui/button.tsx";
import { Sheet } from "#web/ui/dialog.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { Select } from "#web/ui/select.tsx";
import { TextArea } from "#web/ui/text-area.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { useFields } from "#web/ui/use-fields.ts";
import { ordersKey } from "./orders-query.ts";
import { RefundItems, type Wish } from "./refund-items.tsx";

const reasons = ["damaged", "wrong", "missing", "unlike", "unwanted"] as const;

/** As many characters as the API takes of a reason, less those of our own words before it. */
const detailsMax = 400;

type AskRefundProps = { readonly order: Order; readonly onOpenChange: (isOpen: boolean) => void };

/** Which things, how many of each, and why; people decide about it. */
export function AskRefund({ order, onOpenChange }: AskRefundProps) {
  const t = useTranslations("orders.refundForm");
  const left = order.items.filter(({ refundableQuantity }) => refundableQuantity > 0);
  const [wish, setWish] = useState<Wish>(() => firstWish(left));
  const [isJudged, setJudged] = useState(false);
  const isEmpty = Object.keys(wish).length === 0;
  const { ask, isAsking, problem } = useAsking(order, () => onOpenChange(false));
  const fields = useRefundFields();
  const send = fields.submit(({ reason, details }) => {
    const chosen = reasons.find((known) => known === reason);
    if (isEmpty || chosen === undefined) return;
    const said = details.trim();
    ask({ wish, reason: said === "" ? t(`reasons.${chosen}`) : `${t(`reasons.${chosen}`)}: ${said}` });
  });
  const { isValid: _isValid, ...reasonField } = fields.of("reason");
  return (
    <Sheet
      isOpen
      onOpenChange={onOpenChange}
      title={t("title")}
      description={order.email === null ? t("bodyNoMail") : t("body", { email: order.email })}
    >
      <form
        noValidate
        className="flex flex-col gap-6"
        onSubmit={(event) => {
          setJudged(true);
          send(event);
        }}
      >
        <RefundItems items={left} wish={wish} onChange={setWish} error={isJudged && isEmpty ? t("noneChosen") : null} />
        <Select
          {...reasonField}
          label={t("reason")}
          options={[
            { value: "", label: t("choose"), isDisabled: true },
            ...reasons.map((reason) => ({ value: reason, label: t(`reasons.${reason}`) })),
          ]}
        />
        <TextArea {...fields.of("details")} label={t("details")} hint={t("detailsHint")} rows={4} />
        {problem !== null && (
          <Notice role="alert" tone="bad">
            {problem}
          </Notice>
        )}
        <div className="flex flex-wrap gap-3">
          <Button type="submit" isBusy={isAsking}>
            {t("send")}
          </Button>
          <Button variant="ghost" onClick={() => onOpenChange(false)}>
            {t("back")}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}

function useRefundFields() {
  const t = useTranslations("orders.refundForm");
  return useFields({
    reason: { isRequired: true, check: (value) => (value === "" ? t("reasonMissing") : undefined) },
    details: {
      check: (value) => (value.trim().length > detailsMax ? t("detailsLong", { max: detailsMax }) : undefined),
    },
  });
}

type Asking = { readonly wish: Wish; readonly reason: string };

function useAsking({ museOrderNumber: orderNumber }: Order, onAsked: () => void) {
  const t = useTranslations("orders.refundForm");
  const client = useQueryClient();
  const toast = useToast();
  const message = useErrorMessage();
  const { mutate, isPending, error } = useMutation({
    // The same wish again is the one that is open already.
    mutationFn: ({ wish, reason }: Asking) => {
      const items = Object.entries(wish).map(([lineNo, quantity]) => ({ lineNo: Number(lineNo), quantity }));
      const params = { path: { orderNumber } };
      return call(api.POST("/api/v1/orders/{orderNumber}/refund-request", { params, body: { items, reason } }));
    },
    onSuccess: async () => {
      toast({ text: t("sent") });
      await client.invalidateQueries({ queryKey: ordersKey });
      onAsked();
    },
  });
  return { ask: mutate, isAsking: isPending, problem: error === null ? null : message(error) };
}

/** One thing is what it must be about; of several, the shopper chooses. */
function firstWish(left: Order["items"]): Wish {
  const [only] = left;
  return left.length === 1 && only !== undefined ? { [only.lineNo]: only.refundableQuantity } : {};
}
