"use client";

import type { Order } from "@muse/contracts/order";
import { useTranslations } from "next-intl";
import { QuietLink } from "#web/ui/link.tsx";
import { Picture } from "#web/ui/picture.tsx";
import { Status } from "#web/ui/status.tsx";
import { isUnpaid, itemTones } from "./status-tones.ts";

type OrderItemsProps = Pick<Order, "items" | "kind" | "paymentStatus">;

/** Each thing that was bought, how it stands, and what of it went back. */
export function OrderItems({ items, kind, paymentStatus }: OrderItemsProps) {
  const t = useTranslations("orders.detail");
  return (
    <section aria-labelledby="items">
      <h2 id="items" className="border-b border-line pb-3 text-lg font-medium">
        {t("items")}
      </h2>
      <ul className="divide-y divide-line">
        {items.map((item) => (
          <ItemLine key={item.lineNo} item={item} kind={kind} paymentStatus={paymentStatus} />
        ))}
      </ul>
    </section>
  );
}

type ItemLineProps = Pick<Order, "kind" | "paymentStatus"> & { readonly item: Order["items"][number] };

function ItemLine({ item, kind, paymentStatus }: ItemLineProps) {
  const t = useTranslations("orders.detail");
  const { productId, title, size, color, quantity, imageUrl, itemStatus, refundedQuantity } = item;
  const chosen = [color, size, t("quantity", { count: quantity })].filter((part) => part !== null && part !== "");
  return (
    <li className="grid grid-cols-[4.5rem_minmax(0,1fr)] gap-x-4 py-5 sm:grid-cols-[5.5rem_minmax(0,1fr)] sm:gap-x-6">
      <QuietLink href={`/products/${productId}`} tabIndex={-1} aria-hidden="true">
        <Picture src={imageUrl} alt="" sizes="5.5rem" />
      </QuietLink>
      <div className="flex min-w-0 flex-col gap-1">
        <div className="flex items-baseline justify-between gap-x-6">
          <QuietLink href={`/products/${productId}`} className="min-w-0 font-medium">
            {title}
          </QuietLink>
          <span className="figures shrink-0">{item.lineTotalDisplay}</span>
        </div>
        <p className="text-sm text-muted">
          {chosen.join(" · ")}
          {quantity > 1 && ` · ${t("each", { price: item.unitPriceDisplay })}`}
        </p>
        <p className="flex flex-wrap gap-x-5 text-sm">
          {!isUnpaid({ status: itemStatus, paymentStatus }) && (
            <Status tone={itemTones[itemStatus]}>
              {t(kind === "digital" && itemStatus === "delivered" ? "item.ready" : `item.${itemStatus}`)}
            </Status>
          )}
          {refundedQuantity > 0 && (
            <span className="text-muted">
              {/* All that was paid has gone back, not only been asked for. */}
              {t(paymentStatus === "refunded" ? "itemGivenBack" : "itemRefunded", { count: refundedQuantity })}
            </span>
          )}
        </p>
      </div>
    </li>
  );
}
