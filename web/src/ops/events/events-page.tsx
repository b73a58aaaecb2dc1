"use client";

import { queryOptions, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { Pagination } from "#web/ui/pagination.tsx";
import { BareSelect } from "#web/ui/select.tsx";
import { useAskAgainMs } from "../frame/live.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { DeskPage } from "../parts/page.tsx";
import { deskKey, freshMs } from "../queries.ts";
import { EventsTable } from "./events-table.tsx";
import { eventsHref, eventSources, type EventsView } from "./events-view.ts";

const pageSize = 50;

function eventsQuery({ source, open, page }: EventsView) {
  const query = {
    limit: pageSize,
    offset: (page - 1) * pageSize,
    ...(source === null ? {} : { source }),
    ...(open === null ? {} : { open }),
  };
  return queryOptions({
    queryKey: [...deskKey, "events", query],
    queryFn: ({ signal }) => call(api.GET("/api/v1/admin/webhook-events", { params: { query }, signal })),
    staleTime: freshMs,
    placeholderData: (before) => before,
  });
}

/** What providers and stores told us, and what became of it. */
export function EventsPage({ view }: { readonly view: EventsView }) {
  const t = useTranslations("ops.events");
  const refetchInterval = useAskAgainMs();
  const query = useQuery({ ...eventsQuery(view), refetchInterval });
  return (
    <DeskPage title={t("title")} tools={<Filters view={view} />}>
      <p className="text-sm text-muted">{t("body")}</p>
      <Loaded query={query}>
        {({ events }) =>
          events.length === 0 && view.page === 1 ? (
            <EmptyState title={t("empty")} />
          ) : (
            <>
              <EventsTable events={events} />
              <Pagination
                current={view.page}
                // The list does not say how long it is: a full page may have another behind it.
                last={events.length === pageSize ? view.page + 1 : view.page}
                hrefOf={(page) => eventsHref({ ...view, page })}
              />
            </>
          )
        }
      </Loaded>
    </DeskPage>
  );
}

function Filters({ view }: { readonly view: EventsView }) {
  const t = useTranslations("ops.events");
  const router = useRouter();
  const show = (change: Partial<EventsView>): void => router.push(eventsHref({ ...view, ...change, page: 1 }));
  return (
    <>
      <BareSelect
        aria-label={t("source")}
        value={view.source ?? ""}
        onChange={({ target: { value } }) => show({ source: eventSources.find((each) => each === value) ?? null })}
        className="min-h-10"
        options={[
          { value: "", label: t("allSources") },
          ...eventSources.map((source) => ({ value: source, label: t(`from.${source}`) })),
        ]}
      />
      <BareSelect
        aria-label={t("state")}
        value={view.open ?? ""}
        onChange={({ target: { value } }) => show({ open: value === "true" || value === "false" ? value : null })}
        className="min-h-10"
        options={[
          { value: "", label: t("allStates") },
          { value: "true", label: t("open") },
          { value: "false", label: t("worked") },
        ]}
      />
    </>
  );
}
