import type { StoreView } from "@muse/contracts/catalog";
import { useTranslations } from "next-intl";
import { Link } from "#web/ui/link.tsx";
import { ByHandNotice } from "./by-hand-notice.tsx";

type StoreHeadProps = { readonly store: StoreView };

/** Who the store is, and on which terms it delivers and takes back. */
export function StoreHead({ store }: StoreHeadProps) {
  const t = useTranslations("catalog.store");
  return (
    <header className="grid gap-x-16 gap-y-10 pb-12 grid-cols-1 lg:grid-cols-[minmax(0,1fr)_25rem] lg:pb-14">
      <div className="flex flex-col gap-4">
        <h1 className="text-2xl font-medium tracking-[-0.015em]">{store.name}</h1>
        <p className="max-w-[34em] text-lg text-muted">{store.description}</p>
        <div className="max-w-[38em] pt-2">
          <ByHandNotice store={store} />
        </div>
      </div>
      <dl className="flex flex-col gap-5 text-sm lg:border-l lg:border-line lg:pl-10">
        {store.delivery.length > 0 && (
          <div className="flex flex-col gap-1">
            <dt className="font-medium">{t("delivery")}</dt>
            {store.delivery.map((terms) => (
              <Terms key={terms.optionId} terms={terms} />
            ))}
          </div>
        )}
        <div className="flex flex-col gap-1">
          <dt className="font-medium">{t("returns")}</dt>
          <dd className="text-muted">
            {store.returnPolicy}{" "}
            <Link href="/help/returns" prefetch={false}>
              {t("returnsHow")}
            </Link>
          </dd>
        </div>
        <div className="flex flex-col gap-1">
          <dt className="font-medium">{t("seller")}</dt>
          <dd className="text-muted">{t(store.kind === "seller" ? "makerIs" : "sellerIs", { store: store.name })}</dd>
        </div>
      </dl>
    </header>
  );
}

function Terms({ terms }: { readonly terms: StoreView["delivery"][number] }) {
  const t = useTranslations("catalog.store");
  const { name, daysMin, daysMax, amountCents, amountDisplay, perItemCents, perItemDisplay, freeAboveDisplay } = terms;
  const days = daysMin === daysMax ? t("days", { min: daysMin }) : t("daysRange", { min: daysMin, max: daysMax });
  const price = [
    amountCents === 0 ? t("free") : amountDisplay,
    ...(perItemCents === 0 ? [] : [t("perItem", { price: perItemDisplay })]),
    ...(freeAboveDisplay === null ? [] : [t("freeAbove", { price: freeAboveDisplay })]),
  ];
  return (
    <dd className="flex flex-col pb-1.5 text-muted last:pb-0">
      <span className="text-ink">
        {name}, {days}
      </span>
      <span className="figures">{price.join(", ")}</span>
    </dd>
  );
}
