"use client";

import { useTranslations } from "next-intl";
import { Link } from "#web/ui/link.tsx";
import { Facts, Section } from "../parts/page.tsx";
import { useCode } from "../parts/use-code.ts";
import { At } from "../parts/when.tsx";
import type { DisputeReport } from "./money-query.ts";

type DisputeOrderProps = { readonly order: DisputeReport["evidence"]["orders"][number] };

/** What became of one order of a disputed payment, step by step. */
export function DisputeOrder({ order }: DisputeOrderProps) {
  const t = useTranslations("money");
  const status = useCode("orderStatus");
  return (
    <Section
      title={
        <span className="flex flex-wrap items-baseline gap-x-3">
          <Link href={`/ops/orders/${order.museOrderNumber}`} className="figures">
            {order.museOrderNumber}
          </Link>
          <span className="font-normal text-muted">{order.storeName}</span>
        </span>
      }
    >
      <Facts
        facts={[
          [t("column.amount"), order.totalDisplay],
          [t("storeNumber"), order.storeOrderNumber],
          [t("items"), order.items.map(({ title, quantity }) => `${quantity} × ${title}`).join(", ")],
          ...order.parcels.map(
            ({ carrier, trackingNumber, deliveredAt }) =>
              [
                t("parcel"),
                <span key={trackingNumber} className="flex flex-wrap gap-x-3">
                  <span className="break-all">
                    {carrier} {trackingNumber}
                  </span>
                  {deliveredAt !== null && (
                    <span>
                      {t("delivered")} <At at={deliveredAt} isExact />
                    </span>
                  )}
                </span>,
              ] as const,
          ),
        ]}
      />
      <ol className="flex flex-col divide-y divide-line rounded border border-line bg-surface text-sm">
        {order.history.map(({ to, at }, index) => (
          <li key={index} className="flex flex-wrap items-baseline gap-x-4 px-4 py-2.5">
            <At at={at} isExact className="text-muted" />
            <span className="font-medium">{status(to)}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
