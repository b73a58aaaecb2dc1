"use client";

import type { Order } from "@muse/contracts/order";
import { RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#web/ui/button.tsx";
import { AskRefund } from "./ask-refund.tsx";
import { CancelOrder } from "./cancel-order.tsx";
import { isUnpaid } from "./status-tones.ts";
import { useBuyAgain } from "./use-buy-again.ts";

/** What can be done with an order; what cannot any more is said with its reason. */
export function OrderActions({ order }: { readonly order: Order }) {
  const t = useTranslations("orders.actions");
  const [open, setOpen] = useState<"cancel" | "refund" | null>(null);
  const again = useBuyAgain(order);
  const { cancelling, refundRequesting } = order;
  const close = (isOpen: boolean): void => setOpen((now) => (isOpen ? now : null));
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-3">
        {cancelling.isPossible && (
          <Button variant="secondary" onClick={() => setOpen("cancel")}>
            {t("cancel")}
          </Button>
        )}
        {refundRequesting.isPossible && (
          <Button variant="secondary" onClick={() => setOpen("refund")}>
            {t("refund")}
          </Button>
        )}
        {/* A file is bought once, and what waits for its payment is being bought. */}
        {!isUnpaid(order) && !order.access.some(({ isActive }) => isActive) && (
          <Button variant="secondary" onClick={again.buy} isBusy={again.isBusy}>
            <RotateCcw aria-hidden="true" className="size-4" />
            {t("again")}
          </Button>
        )}
      </div>
      <WhyNot order={order} />
      <CancelOrder order={order} isOpen={open === "cancel"} onOpenChange={close} />
      {/* Made anew each time: a wish that was not sent is not remembered. */}
      {open === "refund" && <AskRefund order={order} onOpenChange={close} />}
    </div>
  );
}

/** An open wish is told by a notice above already, and what has ended needs no reason. */
function WhyNot({ order: { cancelling, refundRequesting } }: { readonly order: Order }) {
  const isWorthSaying = cancelling.why === "shipped" || cancelling.why === "refused_by_store";
  const why = isWorthSaying
    ? cancelling.message
    : refundRequesting.why === "nothing_left"
      ? refundRequesting.message
      : null;
  return why === null ? null : <p className="text-sm text-muted">{why}</p>;
}
