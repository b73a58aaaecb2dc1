"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { isWorthRetrying } from "#web/api/error.ts";
import { Button } from "#web/ui/button.tsx";
import { Dialog } from "#web/ui/dialog.tsx";
import { Notice, Panel } from "#web/ui/panel.tsx";
import { RadioCards } from "#web/ui/radio-cards.tsx";
import { TextArea } from "#web/ui/text-area.tsx";
import { TextField } from "#web/ui/text-field.tsx";
import { useFields } from "#web/ui/use-fields.ts";
import { useDraft } from "../parts/use-draft.ts";
import { deskKey } from "../queries.ts";
import { minorOf } from "../work/amount.ts";
import { Complaint, withoutTick } from "../parts/form-parts.tsx";
import type { WholeOrder } from "./orders-query.ts";
import { RefundLines } from "./refund-lines.tsx";

type Order = WholeOrder["order"];
type What = "rest" | "amount" | "lines";
type Wish = {
  readonly amountCents?: number;
  readonly items?: { readonly lineNo: number; readonly quantity: number }[];
  readonly includeShipping?: boolean;
};

/** Money back, with a reason. Asked once more, as money moves; above the limit a second person agrees first. */
export function RefundForm({ order }: { readonly order: Order }) {
  const t = useTranslations("ops.refund");
  const [isAsking, setAsking] = useState(false);
  const form = useWish(order);
  const { refund, send } = useRefund(order, form, () => setAsking(false));
  const { fields, wish } = form;
  const { what, amount, reason } = fields.values;
  if (order.paymentStatus !== "paid" && order.paymentStatus !== "partially_refunded") return null;
  return (
    <Panel className="p-4 sm:p-5">
      <form noValidate onSubmit={fields.submit(() => setAsking(true))} className="flex flex-col gap-4">
        <h2 className="text-sm font-medium">{t("title")}</h2>
        {refund.data !== undefined && (
          <Notice tone={refund.data.status === "waiting" ? "warn" : "good"} role="status">
            {t(`told.${refund.data.status}`, { amount: refund.data.amountDisplay })}
          </Notice>
        )}
        <WhatToRefund order={order} form={form} />
        <TextArea
          label={t("reason")}
          hint={t("reasonHint")}
          rows={2}
          maxLength={500}
          {...withoutTick(fields.of("reason"))}
        />
        {refund.error !== null && <Complaint error={refund.error} />}
        <Button type="submit" variant="danger" isWide disabled={what === "lines" && wish.items === undefined}>
          {t("send")}
        </Button>
      </form>
      <Dialog
        isOpen={isAsking}
        onOpenChange={setAsking}
        title={t("askTitle", { number: order.museOrderNumber })}
        description={t(`ask.${what as What}`, { amount: amount.trim(), left: leftOf(order) })}
        actions={
          <>
            <Button variant="danger" onClick={send} isBusy={refund.isPending}>
              {t("confirm")}
            </Button>
            <Button variant="ghost" onClick={() => setAsking(false)}>
              {t("keep")}
            </Button>
          </>
        }
      >
        <p className="rounded bg-sunken px-4 py-3 text-sm break-words whitespace-pre-wrap">{reason}</p>
      </Dialog>
    </Panel>
  );
}

type Form = ReturnType<typeof useWish>;

function WhatToRefund({ order, form }: { readonly order: Order; readonly form: Form }) {
  const t = useTranslations("ops.refund");
  const { fields, quantities, setQuantities, withShipping, setWithShipping } = form;
  const { what } = fields.values;
  return (
    <>
      <RadioCards
        name="what"
        legend={t("what")}
        isLegendHidden
        value={what}
        onChange={(value) => fields.fill({ what: value })}
        cards={[
          { value: "rest", title: t("rest"), hint: t("restHint") },
          { value: "amount", title: t("amount") },
          { value: "lines", title: t("lines") },
        ]}
      />
      {what === "amount" && <TextField label={t("howMuch")} inputMode="decimal" {...fields.of("amount")} />}
      {what === "lines" && (
        <RefundLines
          items={order.items}
          quantities={quantities}
          onChange={setQuantities}
          withShipping={withShipping}
          onShipping={setWithShipping}
        />
      )}
    </>
  );
}

/** What is being asked for, kept in this tab until it is sent. */
function useWish(order: Order) {
  const t = useTranslations("ops.refund");
  const [quantities, setQuantities] = useState<Readonly<Record<number, number>>>({});
  const [withShipping, setWithShipping] = useState(false);
  const [isAmount, setAmount] = useState(false);
  const fields = useFields({
    what: { initial: "rest" },
    amount: {
      check: (value) => (isAmount && !((minorOf(value, order.currency) ?? 0) > 0) ? t("amountWrong") : undefined),
    },
    reason: { check: (value) => (value.trim() === "" ? t("reasonMissing") : undefined), isRequired: true },
  });
  if (isAmount !== (fields.values.what === "amount")) setAmount(!isAmount);
  const forget = useDraft(`refund:${order.museOrderNumber}`, fields);
  const { what, amount } = fields.values;
  const wish = wishOf({ what: what as What, amount, quantities, withShipping }, order.currency);
  return { fields, forget, wish, quantities, setQuantities, withShipping, setWithShipping };
}

type Asked = {
  readonly what: What;
  readonly amount: string;
  readonly quantities: Readonly<Record<number, number>>;
  readonly withShipping: boolean;
};

function wishOf({ what, amount, quantities, withShipping }: Asked, currency: string): Wish {
  if (what === "amount") return { amountCents: minorOf(amount, currency) ?? 0 };
  if (what === "rest") return {};
  const items = Object.entries(quantities)
    .filter(([, quantity]) => quantity > 0)
    .map(([lineNo, quantity]) => ({ lineNo: Number(lineNo), quantity }));
  return items.length === 0 ? {} : { items, includeShipping: withShipping };
}

/** Of what it cost and what went back: both as the API writes them, nothing is computed. */
function leftOf({ totalDisplay, refundedCents, refundedDisplay }: Order): string {
  return refundedCents === 0 ? totalDisplay : `${totalDisplay} − ${refundedDisplay}`;
}

function useRefund(order: Order, { fields, wish, forget, setQuantities }: Form, onAnswered: () => void) {
  const client = useQueryClient();
  // One key a form: pressing twice, or again after no answer, is one refund.
  const [key, setKey] = useState(() => crypto.randomUUID());
  const refund = useMutation({
    mutationFn: () =>
      call(
        api.POST("/api/v1/admin/orders/{orderNumber}/refund", {
          params: { path: { orderNumber: order.museOrderNumber } },
          headers: { "idempotency-key": key },
          body: { ...wish, reason: fields.values.reason.trim() },
        }),
      ),
    onSuccess: () => {
      forget();
      setQuantities({});
      setKey(crypto.randomUUID());
      fields.fill({ what: "rest", amount: "", reason: "" });
    },
    // A refusal was kept for its key: what is mended asks anew.
    onError: (error) => {
      if (!isWorthRetrying(error)) setKey(crypto.randomUUID());
    },
    onSettled: () => {
      onAnswered();
      return client.invalidateQueries({ queryKey: deskKey });
    },
  });
  return { refund, send: () => refund.mutate() };
}
