"use client";

import { useTranslations } from "next-intl";
import { LinkTabs } from "../parts/link-tabs.tsx";
import { DeskPage } from "../parts/page.tsx";
import { ApprovalsList } from "./approvals-list.tsx";
import { refundLists, refundsHref, type RefundsView } from "./refunds-view.ts";
import { RequestsList } from "./requests-list.tsx";
import { StuckList } from "./stuck-list.tsx";

/** Money that waits for a person: shoppers' requests, colleagues' refunds above the limit, and what is stuck. */
export function RefundsPage({ view }: { readonly view: RefundsView }) {
  const t = useTranslations("ops.refunds");
  return (
    <DeskPage title={t("title")}>
      <LinkTabs
        label={t("title")}
        current={view.list}
        tabs={refundLists.map((list) => ({
          key: list,
          href: refundsHref({ list, page: 1 }),
          title: t(`list.${list}`),
        }))}
      />
      <RefundList view={view} />
    </DeskPage>
  );
}

function RefundList({ view: { list, page } }: { readonly view: RefundsView }) {
  if (list === "requests") return <RequestsList page={page} />;
  if (list === "stuck") return <StuckList />;
  return <ApprovalsList status={list === "approvals" ? "waiting" : list} page={page} />;
}
