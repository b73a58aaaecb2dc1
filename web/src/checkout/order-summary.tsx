"use client";

import type { Session } from "@muse/contracts/checkout";
import { useLocale, useTranslations } from "next-intl";
import { dateRange } from "#web/i18n/date-range.ts";
import { Picture } from "#web/ui/picture.tsx";
import { keyOf, type Change } from "./changes.ts";

type Store = Session["cartSnapshot"]["stores"][number];
type OrderSummaryProps = { readonly session: Session; readonly changes?: readonly Change[] };

/** What is paid for, store by store, and what it comes to. The same before and after paying. */
export function OrderSummary({ session, changes = [] }: OrderSummaryProps) {
  const t = useTranslations("checkout");
  const { stores } = session.cartSnapshot;
  return (
    <div className="flex flex-col gap-6">
      <h2 className="sr-only">{t("summary")}</h2>
      {stores.map((store) => (
        <StoreLines key={`${store.storeId} ${store.kind}`} store={store} email={session.email} changes={changes} />
      ))}
      <Totals session={session} />
    </div>
  );
}

type StoreLinesProps = { readonly store: Store; readonly email: string | null; readonly changes: readonly Change[] };

function StoreLines({ store, email, changes }: StoreLinesProps) {
  const t = useTranslations("checkout");
  return (
    <section aria-label={store.storeName} className="flex flex-col gap-3 border-b border-line pb-6">
      <h3 className="flex items-baseline justify-between gap-3 text-sm">
        <span className="font-medium">{store.storeName}</span>
        <span className="figures shrink-0 text-muted">{store.subtotalDisplay}</span>
      </h3>
      <ul className="flex flex-col gap-3">
        {store.items.map((item) => (
          <SummaryLine
            key={item.itemId}
            item={item}
            changes={changes.filter(({ variantId }) => variantId === item.variantId)}
          />
        ))}
      </ul>
      <div className="flex flex-col gap-1 text-xs text-muted">
        <HowItComes store={store} email={email} />
        <p>
          {t(store.kind === "digital" ? "madeBy" : "soldBy", { store: store.storeName })} {store.returnPolicy}
        </p>
      </div>
    </section>
  );
}

type SummaryLineProps = { readonly item: Store["items"][number]; readonly changes: readonly Change[] };

function SummaryLine({ item, changes }: SummaryLineProps) {
  const t = useTranslations("checkout");
  const { title, size, color, quantity, imageUrl, lineTotalDisplay } = item;
  return (
    <li className="flex items-start gap-3 text-sm">
      <span className="w-14 shrink-0">
        <Picture src={imageUrl} alt="" sizes="3.5rem" />
      </span>
      <span className="flex min-w-0 grow flex-col">
        <span>{title}</span>
        <span className="text-xs text-muted">
          {[size, color, t("pieces", { count: quantity })].filter(Boolean).join(" · ")}
        </span>
        {changes.map((change) => (
          <span key={keyOf(change)} className="text-xs text-warn">
            {t(`changes.short.${change.what}`, { from: change.from })}
          </span>
        ))}
      </span>
      <span className="figures shrink-0">{lineTotalDisplay}</span>
    </li>
  );
}

function HowItComes({ store, email }: { readonly store: Store; readonly email: string | null }) {
  const t = useTranslations("checkout");
  const locale = useLocale();
  if (store.kind === "digital") return <p>{email === null ? t("instant") : t("instantTo", { email })}</p>;
  const chosen = store.shippingOptions.find(({ optionId }) => optionId === store.shippingOptionId);
  if (chosen === undefined) return null;
  const dates = dateRange(chosen.deliveryFrom, chosen.deliveryTo, locale);
  return (
    <p className="flex justify-between gap-3">
      <span>
        {chosen.name} · {t("arrives", { dates })}
      </span>
      <span className="figures shrink-0">{store.shippingCents === 0 ? t("free") : store.shippingDisplay}</span>
    </p>
  );
}

/** Whether delivery and tax are in the total: not before it is known where it goes. */
export function isTotalWhole({ needsShipping, shippingAddress }: Session): boolean {
  return !needsShipping || shippingAddress !== null;
}

function Totals({ session }: { readonly session: Session }) {
  const t = useTranslations("checkout");
  const { needsShipping, cartSnapshot } = session;
  const { summary } = cartSnapshot;
  const later = isTotalWhole(session) ? null : t("afterAddress");
  const shipping = summary.shippingCents === 0 ? t("free") : summary.shippingDisplay;
  return (
    <dl aria-busy={!summary.isFinal && later === null} className="figures flex flex-col gap-2 text-sm">
      <Line name={t("subtotal")} value={summary.subtotalDisplay} />
      {summary.discountCents > 0 && <Line name={t("discount")} value={`−${summary.discountDisplay}`} />}
      {needsShipping && <Line name={t("shipping")} value={later ?? shipping} />}
      <Line name={t("tax")} value={later ?? summary.taxDisplay} />
      <div className="mt-2 flex items-baseline justify-between gap-4 border-t border-line pt-4 text-lg font-medium">
        <dt>{later === null ? t("total") : t("totalSoFar")}</dt>
        <dd data-testid="total">{summary.totalDisplay}</dd>
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
