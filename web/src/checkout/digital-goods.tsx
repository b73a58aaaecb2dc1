"use client";

import type { Order } from "@muse/contracts/order";
import { Download, Share2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { DownloadButton, OwnReview, useOwned } from "#web/library/index.ts";
import { buttonLook } from "#web/ui/button-look.ts";
import { Button } from "#web/ui/button.tsx";
import { Picture } from "#web/ui/picture.tsx";
import { Skeleton } from "#web/ui/skeleton.tsx";
import { useShare } from "./use-share.ts";

/** What was bought and is there already: each product with its download, its receipt, and what can be said of it. */
export function DigitalGoods({ orders }: { readonly orders: readonly Order[] }) {
  const t = useTranslations("checkout.digital");
  if (orders.length === 0) return null;
  return (
    <section aria-labelledby="your-files" className="flex flex-col gap-4">
      <h2 id="your-files" className="text-lg font-medium">
        {t("yours", { count: orders.length })}
      </h2>
      <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
        {orders.map((order) => (
          <DigitalGood key={order.orderId} order={order} />
        ))}
      </ul>
    </section>
  );
}

/** As high as what comes, so that what stands below it stays. */
export function GoodsComing({ ids }: { readonly ids: readonly string[] }) {
  return (
    <div className="flex flex-col gap-4">
      <Skeleton className="h-7 w-32" />
      {ids.map((id) => (
        <Skeleton key={id} className="h-88" />
      ))}
    </div>
  );
}

function DigitalGood({ order }: { readonly order: Order }) {
  const t = useTranslations("checkout.digital");
  const share = useShare();
  const owned = useOwned(order.orderId);
  const [item] = order.items;
  if (item === undefined) return null;
  const { productId, title, imageUrl } = item;
  return (
    <li className="flex flex-col gap-4 px-6 py-5" data-product={productId}>
      <div className="flex items-start gap-4">
        <span className="w-14 shrink-0">
          <Picture src={imageUrl} alt="" sizes="3.5rem" />
        </span>
        <div className="flex min-w-0 grow flex-col gap-0.5">
          <h3 className="font-medium">{title}</h3>
          <p className="text-sm text-muted">{t("by", { seller: order.storeName })}</p>
          <p className="figures text-sm text-muted">
            {order.orderId} · {order.totalDisplay}
          </p>
        </div>
      </div>
      {owned.isKnown && owned.item === null ? (
        <p className="text-sm text-muted">{t("notThere")}</p>
      ) : (
        <DownloadButton owned={owned} title={title} />
      )}
      <div className="flex flex-wrap gap-3">
        {order.receipts !== null && (
          <a href={order.receipts.pdf} className={buttonLook({ variant: "secondary" })} download>
            <Download aria-hidden="true" className="size-4" />
            {t("receipt")}
            <span className="sr-only">: {title}</span>
          </a>
        )}
        <Button variant="ghost" onClick={() => void share(`/products/${productId}`, title)}>
          <Share2 aria-hidden="true" className="size-4" />
          {t("share")}
        </Button>
      </div>
      {owned.item !== null && <OwnReview item={owned.item} />}
    </li>
  );
}
