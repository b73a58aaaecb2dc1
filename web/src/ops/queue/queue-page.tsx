"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { ButtonLink } from "#web/ui/link.tsx";
import { Pagination } from "#web/ui/pagination.tsx";
import { useKeys } from "../frame/keys.ts";
import { useAskAgainMs } from "../frame/live.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { DeskPage } from "../parts/page.tsx";
import { useRows } from "../parts/use-rows.ts";
import { queuePageSize, queueQuery, type QueueView } from "../queries.ts";
import type { QueueList } from "../types.ts";
import { QueueFilters } from "./queue-filters.tsx";
import { QueueNumbers } from "./queue-numbers.tsx";
import { QueueTable } from "./queue-table.tsx";
import { queueHref } from "./queue-view.ts";
import { useClaim } from "./use-claim.ts";

/** What waits for a person, the nearest deadline first. Claimed and opened without a mouse. */
export function QueuePage({ view }: { readonly view: QueueView }) {
  const t = useTranslations("ops.queue");
  const refetchInterval = useAskAgainMs();
  const query = useQuery({ ...queueQuery(view, useLocale()), refetchInterval });
  return (
    <DeskPage title={t("title")} tools={<QueueFilters view={view} />}>
      <QueueNumbers />
      <Loaded query={query}>{(list) => <Queue list={list} view={view} />}</Loaded>
    </DeskPage>
  );
}

function Queue({ list, view }: { readonly list: QueueList; readonly view: QueueView }) {
  const t = useTranslations("ops.queue");
  const { claim, release } = useClaim({ isSeen: false });
  const rows = useRows(
    "queue",
    list.orders.map(({ museOrderNumber }) => museOrderNumber),
  );
  const act = (mutation: typeof claim | typeof release): void => {
    if (rows.current !== null && !mutation.isPending) mutation.mutate(rows.current);
  };
  useKeys({ c: () => act(claim), x: () => act(release) });
  if (list.orders.length === 0) return <NothingToDo view={view} />;
  return (
    <>
      <QueueTable
        caption={t("title")}
        entries={list.orders}
        current={rows.current}
        onCurrent={rows.choose}
        claiming={claim.isPending ? claim.variables : null}
        onClaim={(number) => claim.mutate(number)}
      />
      <Pagination
        current={view.page}
        last={Math.ceil(list.total / queuePageSize)}
        hrefOf={(page) => queueHref({ ...view, page })}
      />
    </>
  );
}

function NothingToDo({ view }: { readonly view: QueueView }) {
  const t = useTranslations("ops.queue");
  const isFiltered = view.status !== null || view.store !== null || view.claimed !== null || view.page > 1;
  if (!isFiltered) {
    return (
      <EmptyState title={t("emptyTitle")}>
        <p>{t("emptyBody")}</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={t("noneTitle")}
      action={
        <ButtonLink href="/ops" variant="secondary" size="sm">
          {t("showAll")}
        </ButtonLink>
      }
    />
  );
}
