"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { BareSelect } from "#web/ui/select.tsx";
import { useCode } from "../parts/use-code.ts";
import { useStoreOptions } from "../parts/use-store-options.ts";
import { ordersHref, orderStatuses, type OrdersView } from "./orders-view.ts";

/** How they stand, and of which store. What was looked for stays. */
export function OrdersFilters({ view }: { readonly view: OrdersView }) {
  const t = useTranslations("ops.orders");
  const status = useCode("orderStatus");
  const router = useRouter();
  const stores = useStoreOptions(view.store);
  const show = (change: Partial<OrdersView>): void => router.push(ordersHref({ ...view, ...change, page: 1 }));
  return (
    <>
      <BareSelect
        aria-label={t("column.status")}
        value={view.status ?? ""}
        onChange={({ target: { value } }) => show({ status: orderStatuses.find((each) => each === value) ?? null })}
        className="min-h-10"
        options={[
          { value: "", label: t("allStatuses") },
          ...orderStatuses.map((value) => ({ value, label: status(value) })),
        ]}
      />
      <BareSelect
        aria-label={t("store")}
        value={view.store ?? ""}
        onChange={({ target: { value } }) => show({ store: value === "" ? null : value })}
        className="min-h-10 max-w-48"
        options={[{ value: "", label: t("allStores") }, ...stores]}
      />
    </>
  );
}
