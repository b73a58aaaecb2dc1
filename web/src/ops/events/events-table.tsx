"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { Button } from "#web/ui/button.tsx";
import { DataTable, type Column } from "#web/ui/data-table.tsx";
import { useErrorMessage } from "#web/ui/error-state.tsx";
import { Status, type StatusTone } from "#web/ui/status.tsx";
import { useToast } from "#web/ui/toast.tsx";
import { useCode } from "../parts/use-code.ts";
import { At } from "../parts/when.tsx";
import { deskKey } from "../queries.ts";
import type { ReadOf } from "../types.ts";

type Event = ReadOf<"/api/v1/admin/webhook-events">["events"][number];

export function EventsTable({ events }: { readonly events: readonly Event[] }) {
  const t = useTranslations("ops.events");
  const { mutate, isPending, variables } = useReplay();
  const columns: readonly Column<Event>[] = [
    {
      key: "event",
      title: t("column.event"),
      // Else what may break anywhere is broken to a few letters a line, beside the others' words.
      className: "w-full sm:w-auto",
      cell: ({ type, eventId, source, storeId }) => (
        <span className="flex flex-col gap-0.5">
          <span className="flex flex-wrap gap-x-3">
            <span className="font-medium break-all">{type}</span>
            <span className="text-muted">{storeId ?? t(`from.${source}`)}</span>
          </span>
          <span className="text-xs break-all text-muted">{eventId}</span>
        </span>
      ),
    },
    {
      key: "state",
      title: t("column.state"),
      cell: (event) => (
        <span className="flex flex-col gap-0.5">
          <State event={event} />
          {event.lastError !== null && <span className="text-xs break-words text-bad">{event.lastError}</span>}
        </span>
      ),
    },
    {
      key: "object",
      title: t("column.object"),
      from: "xl",
      cell: ({ objectRef }) => <span className="break-all">{objectRef ?? "–"}</span>,
    },
    { key: "tries", title: t("column.tries"), align: "end", from: "lg", cell: ({ tries }) => tries },
    {
      key: "at",
      title: t("column.at"),
      align: "end",
      from: "sm",
      cell: ({ receivedAt }) => <At at={receivedAt} isExact />,
    },
    {
      key: "replay",
      title: <span className="sr-only">{t("replay")}</span>,
      align: "end",
      cell: (event) => (
        <Button
          variant="secondary"
          size="sm"
          className="-my-1.5 min-h-8"
          isBusy={isPending && variables.eventId === event.eventId}
          aria-label={t("replayOf", { event: `${event.type} ${event.eventId}` })}
          onClick={() => mutate(event)}
        >
          {t("replay")}
        </Button>
      ),
    },
  ];
  return (
    <DataTable
      caption={t("title")}
      columns={columns}
      rows={events}
      keyOf={({ source, eventId }) => `${source}:${eventId}`}
    />
  );
}

function State({ event: { processedAt, outcome, lastError } }: { readonly event: Event }) {
  const t = useTranslations("ops.events");
  const code = useCode("event");
  if (processedAt === null)
    return (
      <Status tone={lastError === null ? "busy" : "bad"} className="max-sm:whitespace-normal max-sm:wrap-normal">
        {t("open")}
      </Status>
    );
  return (
    <Status tone={tones[outcome ?? ""] ?? "good"} className="max-sm:whitespace-normal max-sm:wrap-normal">
      {outcome === null ? t("worked") : code(outcome)}
    </Status>
  );
}

/** Of what became of an event: most moved something, or told what was known. */
const tones: Readonly<Record<string, StatusTone>> = { ignored: "neutral", invalid: "bad", unknown: "warn" };

/** An event worked twice changes nothing more, so nobody is asked twice. */
function useReplay() {
  const t = useTranslations("ops.events");
  const client = useQueryClient();
  const toast = useToast();
  const message = useErrorMessage();
  return useMutation({
    mutationFn: ({ source, eventId }: Event) =>
      call(
        api.POST("/api/v1/admin/webhook-events/{source}/{eventId}/replay", { params: { path: { source, eventId } } }),
      ),
    onSuccess: ({ eventId }) => toast({ text: t("replayed", { event: eventId }) }),
    onError: (error) => toast({ text: message(error), tone: "bad" }),
    onSettled: () => client.invalidateQueries({ queryKey: deskKey }),
  });
}
