"use client";

import { useTranslations } from "next-intl";
import { LinkTabs } from "../parts/link-tabs.tsx";
import { DeskPage } from "../parts/page.tsx";
import { BalancesList } from "./balances-list.tsx";
import { DisputesList } from "./disputes-list.tsx";
import { moneyHref, moneyLists, type MoneyView } from "./money-view.ts";
import { PayoutsList } from "./payouts-list.tsx";
import { ReconcileButton } from "./reconcile-button.tsx";
import { RunsList } from "./runs-list.tsx";

/** The books: how they compare with the provider's own, what banks ask back, and what is owed to whom. */
export function MoneyPage({ view }: { readonly view: MoneyView }) {
  const t = useTranslations("money");
  return (
    <DeskPage title={t("title")} tools={view.list === "runs" && <ReconcileButton />}>
      <LinkTabs
        label={t("title")}
        current={view.list}
        tabs={moneyLists.map((list) => ({
          key: list,
          href: moneyHref({ list, page: 1 }),
          title: t(`list.${list}`),
        }))}
      />
      <MoneyList view={view} />
    </DeskPage>
  );
}

function MoneyList({ view: { list, page } }: { readonly view: MoneyView }) {
  if (list === "disputes") return <DisputesList page={page} />;
  if (list === "payouts") return <PayoutsList page={page} />;
  return list === "balances" ? <BalancesList /> : <RunsList page={page} />;
}
