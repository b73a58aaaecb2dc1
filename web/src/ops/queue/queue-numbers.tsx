"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Skeleton } from "#web/ui/skeleton.tsx";
import { cn } from "#web/ui/class-names.ts";
import { useAskAgainMs } from "../frame/live.tsx";
import { useWriteSeconds } from "../parts/when.tsx";
import { queueStatsQuery } from "../queries.ts";

/** How the queue stands, in four figures. */
export function QueueNumbers() {
  const t = useTranslations("ops.queue.numbers");
  const refetchInterval = useAskAgainMs();
  const { data } = useQuery({ ...queueStatsQuery, refetchInterval });
  const write = useWriteSeconds();
  const today = data?.perDay[0];
  const figures = [
    ["depth", data?.depth],
    ["unclaimed", data?.unclaimed],
    ["overdue", data?.overdue],
    ["oldest", data === undefined ? undefined : data.depth === 0 ? "–" : write(data.oldestAgeSeconds)],
    ["placed", data === undefined ? undefined : (today?.placed ?? 0)],
  ] as const;
  return (
    <dl className="grid grid-cols-2 gap-x-8 gap-y-2 text-sm sm:flex sm:flex-wrap">
      {figures.map(([name, value]) => (
        <div key={name} className="flex items-baseline gap-2">
          <dt className="text-muted">{t(name)}</dt>
          <dd
            className={cn(
              "figures min-w-6 font-medium",
              name === "overdue" && value !== undefined && Number(value) > 0 && "text-bad",
            )}
          >
            {value ?? <Skeleton className="inline-block w-6" />}
          </dd>
        </div>
      ))}
    </dl>
  );
}
