"use client";

import type { Session } from "@muse/contracts/checkout";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { Picture } from "#web/ui/picture.tsx";
import { money } from "./money.ts";

type Store = Session["cartSnapshot"]["stores"][number];

/** What is paid for, store by store, and what it comes to. The same before and after paying. */
export function OrderSummary({ session }: { readonly session: Session }) {
  const { stores } = session.cartSnapshot;
  return (
    <div className="flex flex-col gap-6">
      {stores.map((store) => (
        <StoreLines key={store.storeId} store={store} email={session.email} />
      ))}
      <Totals session={session} />
    </div>
  );
}

function StoreLines({ store, email }: { readonly store: Store; readonly email: string | null }) {
  const t = useTranslations("checkout");
  const locale = useLocale();
  const returnPolicy = useReturnPolicy(store.storeId);
  return (
    <section aria-label={store.storeName} className="flex flex-col gap-3 border-b border-line pb-6">
      <h3 className="flex items-baseline justify-between gap-3 text-sm">
        <span className="font-medium">{store.storeName}</span>
        <span className="figures text-muted">{store.subtotalDisplay}</span>
      </h3>
      <ul className="flex flex-col gap-3">
        {store.items.map((item) => (
          <li key={item.itemId} className="flex items-start gap-3 text-sm">
            <span className="w-14 shrink-0">
              <Picture src={item.imageUrl} alt="" sizes="3.5rem" />
            </span>
            <span className="flex min-w-0 grow flex-col">
              <span>{item.title}</span>
              <span className="text-xs text-muted">
                {[item.size, item.color, t("pieces", { count: item.quantity })].filter(Boolean).join(" · ")}
              </span>
            </span>
            <span className="figures shrink-0">{money(item.lineTotalCents, store.currency, locale)}</span>
          </li>
        ))}
      </ul>
      <p className="text-xs text-muted">
        {t("soldBy", { store: store.storeName })} {returnPolicy}
      </p>
      {store.kind === "digital" && (
        <p className="text-xs text-muted">{email === null ? t("instant") : t("instantTo", { email })}</p>
      )}
    </section>
  );
}

/** Of all stores at once: one answer serves every group. */
function useReturnPolicy(storeId: string): string | undefined {
  const { data } = useQuery({
    queryKey: ["catalog", "stores"],
    queryFn: ({ signal }) => call(api.GET("/api/v1/catalog/stores", { signal })),
    staleTime: 600_000,
  });
  return data?.stores.find((store) => store.storeId === storeId)?.returnPolicy;
}

function Totals({ session }: { readonly session: Session }) {
  const t = useTranslations("checkout");
  const locale = useLocale();
  const { currency, needsShipping, cartSnapshot } = session;
  const { subtotalCents, shippingCents, taxCents, discountCents, totalDisplay, isFinal } = cartSnapshot.summary;
  const amount = (cents: number): string => money(cents, currency, locale);
  const later = needsShipping && session.shippingAddress === null ? t("afterAddress") : null;
  return (
    <dl aria-busy={!isFinal && later === null} className="figures flex flex-col gap-2 text-sm">
      <Line name={t("subtotal")} value={amount(subtotalCents)} />
      {discountCents > 0 && <Line name={t("discount")} value={`−${amount(discountCents)}`} />}
      {needsShipping && (
        <Line name={t("shipping")} value={later ?? (shippingCents === 0 ? t("free") : amount(shippingCents))} />
      )}
      <Line name={t("tax")} value={later ?? amount(taxCents)} />
      <div className="mt-2 flex items-baseline justify-between gap-4 border-t border-line pt-4 text-lg font-medium">
        <dt>{later === null ? t("total") : t("totalSoFar")}</dt>
        <dd data-testid="total">{totalDisplay}</dd>
      </div>
    </dl>
  );
}

function Line({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className="flex items-baseline justify-between gap-4">
      <dt className="text-muted">{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
