"use client";

import { useTranslations } from "next-intl";
import { Button } from "#web/ui/button.tsx";
import { DataTable, type Column } from "#web/ui/data-table.tsx";
import { Badge } from "#web/ui/status.tsx";
import { useOperator } from "../frame/operator.tsx";
import { useCode } from "../parts/use-code.ts";
import { useWho } from "../parts/use-who.ts";
import { At, Countdown } from "../parts/when.tsx";
import type { QueueEntry } from "../types.ts";

type QueueTableProps = {
  readonly caption: string;
  readonly entries: readonly QueueEntry[];
  readonly current: string | null;
  readonly onCurrent: (key: string) => void;
  readonly claiming: string | null;
  readonly onClaim: (orderNumber: string) => void;
};

export function QueueTable({ caption, entries, current, onCurrent, claiming, onClaim }: QueueTableProps) {
  const t = useTranslations("ops.queue.column");
  const columns: readonly Column<QueueEntry>[] = [
    { key: "order", title: t("order"), cell: (entry) => <Which entry={entry} /> },
    { key: "due", title: t("due"), cell: (entry) => <Due entry={entry} /> },
    { key: "why", title: t("why"), cell: (entry) => <Why entry={entry} />, from: "md" },
    { key: "items", title: t("items"), cell: ({ itemCount }) => itemCount, align: "end", from: "lg" },
    { key: "value", title: t("value"), cell: ({ totalDisplay }) => totalDisplay, align: "end", from: "sm" },
    {
      key: "holder",
      title: t("holder"),
      from: "sm",
      className: "w-40",
      cell: (entry) => <Holder entry={entry} isClaiming={claiming === entry.museOrderNumber} onClaim={onClaim} />,
    },
  ];
  return (
    <DataTable
      caption={caption}
      columns={columns}
      rows={entries}
      keyOf={({ museOrderNumber }) => museOrderNumber}
      hrefOf={({ museOrderNumber }) => `/ops/queue/${museOrderNumber}`}
      current={current}
      onCurrent={onCurrent}
    />
  );
}

function Which({ entry }: { readonly entry: QueueEntry }) {
  const t = useTranslations("ops.queue");
  const why = useCode("why");
  const who = useWho();
  return (
    <span className="flex flex-col gap-0.5">
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="figures font-medium whitespace-nowrap">{entry.museOrderNumber}</span>
        {entry.task === "cancel" && <Badge tone="warn">{t("cancellation")}</Badge>}
        {entry.isOutcomeUnknown && <Badge tone="bad">{t("findOut")}</Badge>}
        {entry.task === "place" && entry.isCancelRequested && <Badge tone="warn">{t("wantedBack")}</Badge>}
      </span>
      <span className="text-muted">{entry.storeName}</span>
      <span className="text-xs text-muted md:hidden">{why(entry.why)}</span>
      {entry.claimedBy !== null && (
        <span className="text-xs sm:hidden">{t("heldBy", { who: who(entry.claimedBy) })}</span>
      )}
    </span>
  );
}

function Due({ entry }: { readonly entry: QueueEntry }) {
  if (entry.status !== "open" && entry.status !== "claimed") return <At at={entry.deadlineAt} className="text-muted" />;
  return <Countdown to={entry.deadlineAt} />;
}

function Why({ entry }: { readonly entry: QueueEntry }) {
  const why = useCode("why");
  return <span className="break-words">{why(entry.why)}</span>;
}

type HolderProps = {
  readonly entry: QueueEntry;
  readonly isClaiming: boolean;
  readonly onClaim: (orderNumber: string) => void;
};

function Holder({ entry, isClaiming, onClaim }: HolderProps) {
  const t = useTranslations("ops.queue");
  const who = useWho();
  const { accountId } = useOperator();
  const { claimedBy, status, museOrderNumber } = entry;
  if (status !== "open" && status !== "claimed") return <span className="text-muted">{t(`closed.${status}`)}</span>;
  if (claimedBy !== null) {
    return (
      <Badge tone={claimedBy === accountId ? "good" : "neutral"} className="max-w-36 truncate">
        {who(claimedBy)}
      </Badge>
    );
  }
  return (
    <Button
      variant="secondary"
      size="sm"
      tabIndex={-1}
      isBusy={isClaiming}
      aria-label={t("claimOf", { number: museOrderNumber })}
      onClick={() => onClaim(museOrderNumber)}
      className="z-1 -my-1.5 min-h-8"
    >
      {t("claim")}
    </Button>
  );
}
