"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { isApiError } from "#web/api/error.ts";
import { Breadcrumbs } from "#web/ui/breadcrumbs.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { ButtonLink } from "#web/ui/link.tsx";
import { SplitView } from "#web/ui/split-view.tsx";
import { useAskAgainMs } from "../frame/live.tsx";
import { Attempts } from "../parts/attempts.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { DeskPage } from "../parts/page.tsx";
import { taskQuery } from "../queries.ts";
import type { Task } from "../types.ts";
import { ClaimPanel } from "./claim-panel.tsx";
import { useHold } from "./use-hold.ts";
import { WorkAside } from "./work-aside.tsx";
import { WorkHead } from "./work-head.tsx";
import { WorkItems } from "./work-items.tsx";
import { WorkPaste } from "./work-paste.tsx";
import { WorkSteps } from "./work-steps.tsx";

/** One order that a person places, finds out about or has taken back: all that is needed, and beside it the outcome. */
export function WorkPage({ orderNumber }: { readonly orderNumber: string }) {
  const t = useTranslations("ops");
  const refetchInterval = useAskAgainMs();
  const query = useQuery({ ...taskQuery(orderNumber, useLocale()), refetchInterval });
  const isGone = isApiError(query.error, "order_not_found");
  return (
    <DeskPage
      title={
        <span className="flex flex-col gap-1">
          <span className="text-base font-normal">
            <Breadcrumbs crumbs={[{ label: t("places.queue"), href: "/ops" }, { label: orderNumber }]} />
          </span>
          {query.data === undefined ? orderNumber : t(`work.title.${query.data.task}`, { store: query.data.storeName })}
        </span>
      }
      tools={
        <ButtonLink href={`/ops/orders/${orderNumber}`} variant="secondary" size="sm">
          {t("work.wholeOrder")}
        </ButtonLink>
      }
    >
      {isGone && query.data === undefined ? (
        <EmptyState title={t("work.goneTitle")}>
          <p>{t("work.goneBody")}</p>
        </EmptyState>
      ) : (
        <Loaded query={query}>{(task) => <Work key={task.museOrderNumber} task={task} />}</Loaded>
      )}
    </DeskPage>
  );
}

function Work({ task }: { readonly task: Task }) {
  const t = useTranslations("ops.work");
  const hold = useHold(task);
  return (
    <SplitView
      asideLabel={t("outcome")}
      aside={
        <>
          <ClaimPanel hold={hold} className="max-xl:hidden" />
          <WorkAside task={task} hold={hold} />
        </>
      }
    >
      {/* Where one comes under the other, claiming still comes first. */}
      <ClaimPanel hold={hold} className="xl:hidden" />
      <WorkHead task={task} />
      <WorkSteps orderNumber={task.museOrderNumber} />
      <div className="grid gap-6 lg:grid-cols-2">
        <WorkPaste task={task} />
        <WorkItems task={task} />
      </div>
      <Attempts orderNumber={task.museOrderNumber} attempts={task.attempts} />
    </SplitView>
  );
}
