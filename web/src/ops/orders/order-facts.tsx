"use client";

import { useTranslations } from "next-intl";
import { Link } from "#web/ui/link.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { Status } from "#web/ui/status.tsx";
import { CopyButton } from "../parts/copy-button.tsx";
import { Facts } from "../parts/page.tsx";
import { useCode } from "../parts/use-code.ts";
import { At } from "../parts/when.tsx";
import type { WholeOrder } from "./orders-query.ts";
import { orderTones } from "./tones.ts";

/** How it stands, and what it belongs to. */
export function OrderFacts({ whole }: { readonly whole: WholeOrder }) {
  const t = useTranslations("ops.order");
  const why = useCode("why");
  const status = useCode("orderStatus");
  const placementStatus = useCode("placement");
  const method = useCode("method");
  const { order, session, placement } = whole;
  return (
    <section aria-label={t("facts")} className="flex flex-col gap-4">
      {order.message !== null && <Notice tone={order.status === "failed" ? "bad" : "neutral"}>{order.message}</Notice>}
      <div className="grid gap-x-10 gap-y-5 lg:grid-cols-2">
        <Facts
          facts={[
            [
              t("status"),
              <Status key="status" tone={orderTones[order.status]}>
                {status(order.status)}
              </Status>,
            ],
            [t("reason"), order.reason === null ? null : why(order.reason)],
            [
              t("placement"),
              placement === null ? null : `${placementStatus(placement.status)} · ${method(placement.method)}`,
            ],
            [t("placementReason"), placement?.reason === null || placement === null ? null : why(placement.reason)],
            [t("storeNumber"), <Copied key="store" value={order.storeOrderNumber} label={t("storeNumber")} />],
            [t("tracking"), <Copied key="track" value={order.trackingNumber} label={t("tracking")} />],
            [
              t("store"),
              <Link key="s" href={`/ops/stores/${order.storeId}`}>
                {order.storeName}
              </Link>,
            ],
          ]}
        />
        <Facts
          facts={[
            [t("ordered"), <At key="ordered" at={session.createdAt} />],
            [t("paid"), session.paidAt === null ? null : <At key="paid" at={session.paidAt} />],
            [t("email"), <Copied key="email" value={order.email ?? session.contactEmail} label={t("email")} />],
            [t("deliverTo"), <DeliverTo key="to" whole={whole} />],
            [t("onFailure"), t(session.onStoreFailure === "all_or_nothing" ? "allOrNothing" : "shipWhatYouCan")],
            [t("siblings"), <Siblings key="siblings" whole={whole} />],
          ]}
        />
      </div>
    </section>
  );
}

function Copied({ value, label }: { readonly value: string | null; readonly label: string }) {
  if (value === null) return "–";
  return (
    <span className="flex items-center gap-1">
      <span className="min-w-0 break-words">{value}</span>
      <CopyButton text={value} label={label} className="-my-1.5 size-7" />
    </span>
  );
}

function DeliverTo({ whole: { order } }: { readonly whole: WholeOrder }) {
  const { shippingAddress: to } = order;
  if (to === null) return "–";
  const lines = [to.name, to.address1, to.address2, `${to.city}, ${to.state} ${to.zip}`];
  return lines
    .filter((line) => line !== null && line !== "")
    .map((line, index) => (
      <span key={index} className="block break-words">
        {line}
      </span>
    ));
}

function Siblings({ whole: { session } }: { readonly whole: WholeOrder }) {
  const status = useCode("orderStatus");
  if (session.siblings.length === 0) return "–";
  return session.siblings.map((sibling) => (
    <span key={sibling.museOrderNumber} className="block">
      <Link href={`/ops/orders/${sibling.museOrderNumber}`}>{sibling.storeName}</Link>
      <span className="text-muted"> · {status(sibling.status)}</span>
    </span>
  ));
}
